package dev.sluice.crash;

import dev.sluice.fleet.ProcessFleet;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.traffic.load.Delivery;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What became of known traffic: waits until everything has arrived, then looks for every event
/// wherever one can be.
public final class Inquiry {

    private static final Duration LISTED_WITHIN = Duration.ofSeconds(60);

    private final ProcessFleet fleet;
    private final Path data;
    private final Map<String, Delivery> deliveries;
    private final SendOrder order;
    private boolean ordered = true;
    private DoorTrouble trouble = DoorTrouble.NONE;
    private @Nullable SideWork beside;

    /// @param data the fleet's folder
    /// @param traffic that the fleet was given, all of it
    public Inquiry(ProcessFleet fleet, Path data, CrashTraffic traffic) {
        this.fleet = fleet;
        this.data = data;
        this.deliveries = traffic.deliveries();
        this.order = traffic.order();
    }

    /// Does not ask for the order of a device's events.
    Inquiry regardlessOfOrder() {
        ordered = false;
        return this;
    }

    /// Asks for no order of what was received while the raw stream was in trouble.
    void during(DoorTrouble times) {
        trouble = times;
    }

    /// Has everything replayed once more before it looks, and looks at the lake as its readers do:
    /// files that were compacted are not where they were written.
    void with(SideWork work) {
        beside = work;
    }

    /// @param drain how long it took until nothing moved any more
    /// @param notes figures for a person
    public record Result(Duration drain, List<Finding> findings, List<String> notes) {
        public Result {
            findings = List.copyOf(findings);
            notes = List.copyOf(notes);
        }
    }

    public Result run(Consumer<String> progress)
            throws InterruptedException, SQLException, IOException {
        try (CloudClients cloud = CloudClients.of(fleet.endpoints());
                Rows rows = Rows.open(fleet.endpoints(), data)) {
            Lake lake = new Lake(cloud.objects());
            Drain drain = new Drain(deliveries.values(), rows, lake, bucket());
            Drain.Outcome drained = drain.await(progress);
            List<Finding> findings = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            if (beside != null) {
                progress.accept("replaying everything once more");
                String replay = beside.replayAll();
                drained = drain.await(progress);
                findings.addAll(beside.findings(rows.count(), rows.replayed(replay)));
                notes.add(beside.note());
            }
            progress.accept(
                    (drained.complete() ? "drained" : "gave up draining")
                            + "; looking for every event");
            Audit.Evidence evidence =
                    new Audit.Evidence(
                            rows.loaded(),
                            lake.quarantined(),
                            beside == null ? rows.curated() : shown(rows, cloud, findings, notes),
                            lake.archived());
            findings.addAll(new Audit(deliveries.values(), evidence).findings());
            findings.addAll(BooksAudit.of(rows, lake, acknowledged()).findings());
            checkArchive(cloud, findings, notes);
            checkOrder(cloud, findings, notes);
            notes.addFirst(note(evidence, rows.duplicates()));
            return new Result(drained.time(), findings, notes);
        }
    }

    private Path bucket() {
        return data.resolve("s3/buckets").resolve(fleet.endpoints().bucket());
    }

    private long acknowledged() {
        return deliveries.values().stream().mapToLong(Delivery::acknowledged).sum();
    }

    private Map<String, Integer> shown(
            Rows rows, CloudClients cloud, List<Finding> findings, List<String> notes)
            throws SQLException, InterruptedException {
        Set<String> loaded = rows.loaded().keySet();
        FileLists lists = new FileLists(cloud.objects(), cloud.bucket().objects());
        LakeAudit.Contents contents = new LakeAudit(lists, bucket(), LISTED_WITHIN).read(loaded);
        findings.addAll(contents.findings(loaded));
        notes.add(contents.note());
        return contents.shown();
    }

    private void checkArchive(CloudClients cloud, List<Finding> findings, List<String> notes) {
        ArchiveAudit.Result archive = ArchiveAudit.of(fleet.endpoints(), cloud.objects());
        findings.add(archive.found());
        notes.add(archive.note());
    }

    private void checkOrder(CloudClients cloud, List<Finding> findings, List<String> notes) {
        OrderAudit.Result kept =
                new OrderAudit(new StreamLog(cloud.kinesis())::read, order, deliveries, trouble)
                        .check();
        if (ordered) {
            findings.add(Finding.of("each device's events kept their order", kept.overtaken()));
        }
        notes.add(
                String.format(
                        Locale.ROOT,
                        "order checked on %,d events; %d exempt, under way in a reshard",
                        kept.checked(),
                        kept.exempt()));
    }

    private static String note(Audit.Evidence evidence, long duplicates) {
        return String.format(
                Locale.ROOT,
                "%,d rows, %,d events in the quarantine, %,d copies recognised by the MERGE",
                evidence.loaded().size(),
                evidence.quarantined().size(),
                duplicates);
    }
}
