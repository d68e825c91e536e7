package dev.sluice.cli;

import dev.sluice.traffic.load.LatencySummary;
import dev.sluice.traffic.load.LoadProgress;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.Totals;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `sluice load`: realistic traffic against any collector.
@Command(
        name = "load",
        description = "Posts realistic traffic to a collector and measures its answers.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice load --url http://localhost:8080 --rate 500 --duration 2m",
            "  SLUICE_WRITE_KEY=... sluice load --url https://collect.example.com --rate 5000",
        })
final class LoadCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "the collector, such as http://localhost:8080")
    URI url = URI.create("http://localhost:8080");

    @Option(
            names = "--write-key",
            paramLabel = "KEY",
            defaultValue = "${env:SLUICE_WRITE_KEY:-demo-write-key}",
            description = "default: SLUICE_WRITE_KEY, else the key of a fleet on this machine")
    String writeKey = "demo-write-key";

    @Mixin TrafficOptions traffic = new TrafficOptions();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        LoadReport report =
                traffic.runner(url.resolve("/v1/events"), writeKey)
                        .run(progress -> line(progress, out));
        Totals totals = report.account().totals();
        LatencySummary latency = report.latency();
        out.printf(
                Locale.ROOT,
                "sent %,d events at %.0f/s; acknowledged %,d, refused %,d, no answer %,d; retries %,d%n",
                totals.sent(),
                report.rate(),
                totals.acknowledged(),
                totals.refused(),
                totals.unknown(),
                totals.retries());
        out.printf(
                "latency of a batch: P50 %s, P90 %s, P95 %s, P99 %s, max %s%n",
                millis(latency.p50()),
                millis(latency.p90()),
                millis(latency.p95()),
                millis(latency.p99()),
                millis(latency.max()));
        out.flush();
        return totals.refused() + totals.unknown() == 0 ? 0 : 1;
    }

    private static void line(LoadProgress progress, PrintWriter out) {
        Totals totals = progress.totals();
        out.printf(
                "%4d s  sent %,9d  acknowledged %,9d  refused %,d  no answer %,d  P95 %s%n",
                progress.elapsed().toSeconds(),
                totals.sent(),
                totals.acknowledged(),
                totals.refused(),
                totals.unknown(),
                millis(progress.latency().p95()));
        out.flush();
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
