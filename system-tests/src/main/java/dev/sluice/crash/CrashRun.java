package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.load.LoadReport;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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
        try (ProcessFleet fleet = ProcessFleet.start(plan.data(), plan.shape(), out);
                CloudClients cloud = CloudClients.of(fleet.endpoints())) {
            CrashSchedule schedule = schedule(fleet);
            Deeds deeds = new Deeds(out);
            CrashTraffic traffic =
                    new CrashTraffic(fleet, plan.seed(), plan.rate(), plan.duration());
            try (Saboteur saboteur = new Saboteur(fleet, new Reshards(cloud.kinesis()), deeds);
                    ProgressLine line = new ProgressLine(fleet, plan.data(), out)) {
                saboteur.follow(schedule);
                LoadReport load = traffic.run(line::print);
                saboteur.heal();
                return audit(fleet, cloud, traffic, load, saboteur, deeds);
            }
        }
    }

    private CrashSchedule schedule(ProcessFleet fleet) {
        CrashSchedule schedule =
                CrashSchedule.of(
                        plan.seed(),
                        plan.duration(),
                        fleet.tasks().stream().map(FleetTask::name).toList(),
                        Streams.ALL);
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

    private CrashReport audit(
            ProcessFleet fleet,
            CloudClients cloud,
            CrashTraffic traffic,
            LoadReport load,
            Saboteur saboteur,
            Deeds deeds)
            throws InterruptedException, SQLException, IOException {
        Lake lake = new Lake(cloud.objects());
        Path bucket = plan.data().resolve("s3/buckets").resolve(fleet.endpoints().bucket());
        long healed = System.nanoTime();
        try (Rows rows = Rows.open(fleet.endpoints(), plan.data())) {
            var deliveries = load.account().deliveries();
            boolean drained = new Drain(deliveries.values(), rows, lake, bucket).await(out);
            Duration drain = Duration.ofNanos(System.nanoTime() - healed);
            out.accept((drained ? "drained" : "gave up draining") + "; looking for every event");
            Audit.Evidence evidence =
                    new Audit.Evidence(
                            rows.loaded(), lake.quarantined(), rows.curated(), lake.archived());
            List<Finding> findings =
                    new ArrayList<>(new Audit(deliveries.values(), evidence).findings());
            OrderAudit.Result order =
                    new OrderAudit(new StreamLog(cloud.kinesis()), traffic.order(), deliveries)
                            .check();
            findings.add(Finding.of("each device's events kept their order", order.overtaken()));
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
                    drain,
                    findings,
                    List.of(
                            "%,d rows, %,d events in the quarantine, %,d copies recognised by the MERGE"
                                    .formatted(
                                            evidence.loaded().size(),
                                            evidence.quarantined().size(),
                                            rows.duplicates()),
                            "order checked on %,d events; %d exempt, under way in a reshard"
                                    .formatted(order.checked(), order.exempt())));
        }
    }

    private static List<String> problems(Map<String, String> problems) {
        return problems.entrySet().stream()
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .toList();
    }
}
