package dev.sluice.crash;

import dev.sluice.fleet.ProcessFleet;
import dev.sluice.traffic.load.Delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// What became of known traffic: waits until everything has arrived, then looks for every event
/// wherever one can be.
public final class Inquiry {

    private final ProcessFleet fleet;
    private final Path data;
    private final Map<String, Delivery> deliveries;
    private final SendOrder order;
    private boolean ordered = true;

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
        Path bucket = data.resolve("s3/buckets").resolve(fleet.endpoints().bucket());
        try (CloudClients cloud = CloudClients.of(fleet.endpoints());
                Rows rows = Rows.open(fleet.endpoints(), data)) {
            Lake lake = new Lake(cloud.objects());
            Drain.Outcome drained =
                    new Drain(deliveries.values(), rows, lake, bucket).await(progress);
            progress.accept(
                    (drained.complete() ? "drained" : "gave up draining")
                            + "; looking for every event");
            Audit.Evidence evidence =
                    new Audit.Evidence(
                            rows.loaded(), lake.quarantined(), rows.curated(), lake.archived());
            List<Finding> findings =
                    new ArrayList<>(new Audit(deliveries.values(), evidence).findings());
            long acknowledged =
                    deliveries.values().stream().mapToLong(Delivery::acknowledged).sum();
            findings.addAll(BooksAudit.of(rows, lake, acknowledged).findings());
            OrderAudit.Result kept =
                    new OrderAudit(new StreamLog(cloud.kinesis())::read, order, deliveries).check();
            if (ordered) {
                findings.add(Finding.of("each device's events kept their order", kept.overtaken()));
            }
            return new Result(drained.time(), findings, notes(evidence, rows.duplicates(), kept));
        }
    }

    private static List<String> notes(
            Audit.Evidence evidence, long duplicates, OrderAudit.Result kept) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d rows, %,d events in the quarantine, %,d copies recognised by the MERGE",
                        evidence.loaded().size(),
                        evidence.quarantined().size(),
                        duplicates),
                String.format(
                        Locale.ROOT,
                        "order checked on %,d events; %d exempt, under way in a reshard",
                        kept.checked(),
                        kept.exempt()));
    }
}
