package dev.sluice.cli;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;
import dev.sluice.traffic.load.LoadProgress;
import dev.sluice.traffic.load.LoadReport;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/// `sluice demo`: the whole line at work, and the proof that nothing was lost.
@Command(
        name = "demo",
        description = {
            "Starts everything, posts realistic traffic, drains, and prints the books.",
            "Exits 0 only when accepted = loaded + quarantined + duplicates + suppressed, no",
            "acknowledged event is missing and none has two rows."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sluice demo", "  sluice demo --rate 2000 --duration 60s"})
final class DemoCommand implements Callable<Integer> {

    private static final Path DEFAULT_FOLDER = Path.of(".sluice/demo");

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin TrafficOptions traffic = new TrafficOptions();

    @Mixin GeoOption geo = new GeoOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where to keep everything (default: .sluice/demo, emptied first)")
    @Nullable Path data;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "of the collector, 0 for any free one (default: ${DEFAULT-VALUE})")
    int port;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(out);
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(folder(), port), progress);
                Books books = Books.open(fleet.endpoints());
                GeoOption.Background _ = geo.start(progress)) {
            progress.accept("ready: " + fleet.endpoints().collectorUrl() + "/v1/events");
            Books.Counts before = books.read();
            LoadReport report = post(fleet, books, before, out);
            Drain drain = new Drain(report.account(), books, before);
            Books.Counts counts = drain.await(progress);
            DemoReport demo = new DemoReport(report, books, counts, out);
            boolean proven = demo.print();
            out.flush();
            return proven ? 0 : 1;
        }
    }

    private LoadReport post(LocalFleet fleet, Books books, Books.Counts before, PrintWriter out)
            throws InterruptedException {
        URI events = URI.create(fleet.endpoints().collectorUrl() + "/v1/events");
        return traffic.runner(events, fleet.endpoints().writeKey())
                .run(progress -> line(progress, books, before, out));
    }

    private static void line(
            LoadProgress progress, Books books, Books.Counts before, PrintWriter out) {
        try {
            Books.Counts counts = books.read().minus(before);
            long accepted = progress.totals().acknowledged();
            out.printf(
                    "%4d s  sent %,9d  accepted %,9d  loaded %,9d  quarantined %,6d  lag %,7d events  answer P95 %s%n",
                    progress.elapsed().toSeconds(),
                    progress.totals().sent(),
                    accepted,
                    counts.loaded(),
                    counts.quarantined(),
                    accepted - counts.sum(),
                    LoadCommand.millis(progress.latency().p95()));
            out.flush();
        } catch (SQLException e) {
            out.println("the books cannot be read now: " + Failures.message(e));
        }
    }

    private Path folder() throws IOException {
        return data == null ? EmptyFolder.at(DEFAULT_FOLDER) : data;
    }
}
