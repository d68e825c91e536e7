package dev.sluice.cli;

import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.FleetEndpoints;
import dev.sluice.fleet.LocalFleet;
import dev.sluice.fleet.LocalGeo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// `sluice up`: the whole fleet until Ctrl-C.
@Command(
        name = "up",
        description = "Runs every service and the cloud they need on this machine, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  sluice up", "  sluice up --data /var/tmp/sluice --port 9000"})
final class UpCommand implements Callable<Integer> {

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Mixin GeoOption geo = new GeoOption();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "of the collector, 0 for any free one (default: ${DEFAULT-VALUE})")
    int port;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long started = System.nanoTime();
        LocalFleet fleet = LocalFleet.start(FleetConfig.of(folder.data, port), new Progress(out));
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicReference<GeoOption.Background> background =
                new AtomicReference<>(GeoOption.Background.NONE);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    out.println();
                                    background.get().close();
                                    fleet.close();
                                    out.println("stopped; ./sluice up on the same folder goes on");
                                    out.flush();
                                    stopped.countDown();
                                },
                                "fleet-shutdown"));
        describe(fleet.endpoints(), out);
        out.printf(
                Locale.ROOT,
                "ready in %.1f s (Ctrl-C stops it)%n",
                Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0);
        out.flush();
        background.set(geo.start(new Progress(out)));
        stopped.await();
        return 0;
    }

    private static void describe(FleetEndpoints at, PrintWriter out) {
        out.println("collector   " + at.collectorUrl() + "/v1/events");
        out.println("write key   " + at.writeKey() + "  (Authorization: Bearer ...)");
        out.println("warehouse   " + at.jdbcUrl() + "  user " + at.jdbcUser());
        out.println("kinesis     " + at.kinesisEndpoint() + "  " + String.join(" ", at.streams()));
        out.println("dynamodb    " + at.dynamodbEndpoint());
        out.println("s3          " + at.s3Endpoint() + "  bucket " + at.bucket());
        out.println("eventbridge " + at.eventbridgeEndpoint() + "/events  what it was sent");
        if (LocalGeo.isThere()) {
            out.println("geo         " + LocalGeo.ATTRIBUTION);
        }
        at.services().forEach((name, url) -> out.printf("%-11s %s/actuator/health%n", name, url));
    }
}
