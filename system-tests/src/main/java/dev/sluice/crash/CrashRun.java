package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.TroubleMix;
import dev.sluice.traffic.load.LoadReport;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The whole of the crash suite, in order: start, post while things go wrong, heal, drain, audit.
public final class CrashRun {

    private final CrashPlan plan;
    private final Consumer<String> out;

    /// @param out is told of every step, every second and every fault
    public CrashRun(CrashPlan plan, Consumer<String> out) {
        this.plan = plan;
        this.out = out;
    }

    public CrashReport run() throws IOException, InterruptedException, SQLException {
        out.accept("replay with: " + plan.replay());
        Map<String, String> loaders = plan.everything() ? SideWork.EAGER : Map.of();
        Deeds deeds = new Deeds(out);
        try (ProcessFleet fleet =
                        ProcessFleet.start(
                                plan.data(), plan.shape(), ProcessFleet.PATIENT, loaders, out);
                CloudClients cloud = CloudClients.of(fleet.endpoints());
                SideWork beside = plan.everything() ? new SideWork(plan.data(), deeds) : null) {
            CrashSchedule schedule = schedule(fleet);
            deeds.begin();
            CrashTraffic traffic =
                    new CrashTraffic(
                            fleet, plan.seed(), TroubleMix.USUAL, plan.rate(), plan.duration());
            try (Saboteur saboteur =
                            new Saboteur(fleet, new Reshards(cloud.kinesis()), beside, deeds);
                    ProgressLine line = new ProgressLine(fleet, plan.data(), out)) {
                DoorTrouble trouble = DoorTrouble.of(schedule, Instant.now());
                saboteur.follow(schedule);
                if (beside != null) {
                    beside.start();
                }
                LoadReport load = traffic.run(line::print);
                saboteur.heal();
                Inquiry inquiry = new Inquiry(fleet, plan.data(), traffic);
                inquiry.during(trouble);
                if (beside != null) {
                    beside.finish();
                    inquiry.with(beside);
                }
                Inquiry.Result found = inquiry.run(out);
                CrashReport report = report(fleet, load, saboteur, deeds, found);
                // All is said, and graceful stops one after the other take half a minute.
                fleet.tasks().forEach(FleetTask::kill);
                return report;
            }
        }
    }

    private CrashSchedule schedule(ProcessFleet fleet) {
        CrashSchedule schedule =
                CrashSchedule.of(
                        plan.seed(),
                        plan.duration(),
                        fleet.tasks().stream().map(FleetTask::name).toList(),
                        Streams.ALL,
                        plan.everything() ? SideWork.names() : List.of());
        out.accept(
                "%d actions in %d s: %d kills, %d reshards"
                        .formatted(
                                schedule.actions().size(),
                                plan.duration().toSeconds(),
                                schedule.count(CrashAction.Kill.class),
                                schedule.count(CrashAction.Split.class)
                                        + schedule.count(CrashAction.Merge.class)));
        return schedule;
    }

    private CrashReport report(
            ProcessFleet fleet,
            LoadReport load,
            Saboteur saboteur,
            Deeds deeds,
            Inquiry.Result found) {
        List<Finding> findings = new ArrayList<>(found.findings());
        findings.add(
                Finding.of(
                        "everything that was to be done could be, and ended as it must",
                        problems(saboteur.problems())));
        return new CrashReport(
                plan,
                load,
                saboteur.done(),
                deeds.all().stream().map(Deeds.Deed::toString).toList(),
                fleet.tasks().stream().mapToInt(FleetTask::starts).sum(),
                found.drain(),
                findings,
                found.notes());
    }

    private static List<String> problems(Map<String, String> problems) {
        return problems.entrySet().stream()
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .toList();
    }
}
