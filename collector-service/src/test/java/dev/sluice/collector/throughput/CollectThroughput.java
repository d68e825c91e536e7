package dev.sluice.collector.throughput;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.local.LocalEndpoints;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Events per CPU second of the collector's process, from HTTP until Kinesis has them, beside what
/// the web server alone takes for the same requests on the same machine; and what becomes of three
/// times the load that the collector can take.
///
/// `java -cp <test class path> dev.sluice.collector.throughput.CollectThroughput [SECONDS [bare]
/// [batches] [singles] [overload] [overload-gzip] [--setting.of.the.collector=value]]`
final class CollectThroughput {

    private static final int ROUNDS = 3;
    private static final int PAIRS = 7;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);
    private static final double COMPILERS_AT_REST = 0.05;
    private static final int PORT = 18_081;
    private static final int SHARDS = 16;
    private static final LocalEndpoints AWS =
            new LocalEndpoints(
                    "eu-west-1",
                    "local",
                    "local",
                    URI.create("http://127.0.0.1:18082"),
                    URI.create("http://127.0.0.1:18083"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    "sluice");

    private CollectThroughput() {}

    public static void main(String[] arguments) throws Exception {
        Duration round =
                Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 8);
        List<String> settings =
                Stream.concat(
                                Stream.of("--sluice.collector.spill.enabled=false"),
                                Stream.of(arguments).filter(each -> each.startsWith("--")))
                        .toList();
        List<String> what =
                arguments.length > 1
                        ? List.of(arguments)
                        : List.of("bare", "batches", "singles", "overload", "overload-gzip");
        Path data = Files.createTempDirectory("throughput");
        Events events = new Events();
        List<byte[]> batches = events.requests(200, 50, false);
        List<byte[]> singles = events.requests(2000, 1, false);
        System.out.printf(
                Locale.ROOT,
                "reading the tokens of such events: %,.0f events/CPU-s%n",
                Tokens.perCpuSecond(batches, round.dividedBy(2)));
        if (what.contains("bare")) {
            try (MeasuredProcess tomcat =
                    MeasuredProcess.bareTomcat(PORT, data.resolve("tomcat.log"))) {
                measure("a bare Tomcat", tomcat, what, batches, singles, round);
            }
        }
        try (MeasuredProcess kinesis = MeasuredProcess.aws(AWS, data)) {
            kinesis.await();
            createStream();
            try (MeasuredProcess collector =
                    MeasuredProcess.collector(AWS, PORT, data.resolve("collector.log"), settings)) {
                measure("the collector", collector, what, batches, singles, round);
                if (what.contains("overload")) {
                    overload(collector, batches, 50, round);
                }
                if (what.contains("overload-gzip")) {
                    overload(collector, events.requests(200, 50, true), 50, round);
                }
            }
        }
    }

    private static void measure(
            String who,
            MeasuredProcess server,
            List<String> what,
            List<byte[]> batches,
            List<byte[]> singles,
            Duration round)
            throws IOException, InterruptedException {
        awaitReady(server, singles);
        if (what.contains("batches")) {
            measure(who + ", batches of 50 x 2 KB", server, batches, 50, 128, round);
        }
        if (what.contains("singles")) {
            measure(who + ", single events of 2 KB", server, singles, 1, 512, round);
        }
    }

    private static void measure(
            String what,
            MeasuredProcess server,
            List<byte[]> requests,
            int events,
            int connections,
            Duration round)
            throws IOException, InterruptedException {
        Load load = new Load(server.port(), requests);
        warmUp(server, load, connections);
        for (int i = 0; i < ROUNDS; i++) {
            double before = server.cpuSeconds();
            double compilers = server.compilerSeconds();
            Load.Result result = load.run(connections, round);
            double cpu = server.cpuSeconds() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,.0f events/CPU-s, %,.0f events/s, compilers %.0f %%;%s%n",
                    what,
                    result.answers(200) * events / cpu,
                    result.answers(200) * events / (double) round.toSeconds(),
                    100 * (server.compilerSeconds() - compilers) / cpu,
                    result);
        }
    }

    private static void warmUp(MeasuredProcess server, Load load, int connections)
            throws IOException, InterruptedException {
        warmUp(server, slice -> load.run(connections, slice));
    }

    /// What is to be compiled.
    @FunctionalInterface
    private interface Work {

        void run(Duration slice) throws InterruptedException;
    }

    /// Until the compilers have done their work, since they count.
    private static void warmUp(MeasuredProcess server, Work work)
            throws IOException, InterruptedException {
        Duration slice = Duration.ofSeconds(10);
        long start = System.nanoTime();
        double busy = 1;
        while (busy > COMPILERS_AT_REST && System.nanoTime() - start < LONGEST_WARM_UP.toNanos()) {
            double before = server.compilerSeconds();
            work.run(slice);
            busy = (server.compilerSeconds() - before) / slice.toSeconds();
        }
        System.out.printf(
                Locale.ROOT,
                "warmed up in %,d s; the compilers still take %.2f cores%n",
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                busy);
    }

    /// What it can take and three times as much, in turn, since the machine is not always equally
    /// fast; unprepared first. Then half of it, for the recovery.
    private static void overload(
            MeasuredProcess collector, List<byte[]> requests, int events, Duration round)
            throws IOException, InterruptedException {
        Load load = new Load(collector.port(), requests);
        warmUp(collector, load, 128);
        double capacity = capacity(load, events, round);
        run(collector, load, 3, capacity, events, round);
        double unprepared = capacity;
        warmUp(collector, slice -> load.run(3 * unprepared, slice));
        double[] shares = new double[PAIRS];
        for (int i = 0; i < PAIRS; i++) {
            capacity = capacity(load, events, round);
            shares[i] = run(collector, load, 3, capacity, events, round);
        }
        run(collector, load, 0.5, capacity, events, round);
        run(collector, load, 0.5, capacity, events, round);
        Arrays.sort(shares);
        System.out.printf(
                Locale.ROOT,
                "at three times the load %.0f %% of the capacity are stored, %.0f to %.0f %%%n",
                100 * shares[PAIRS / 2],
                100 * shares[0],
                100 * shares[PAIRS - 1]);
    }

    private static double capacity(Load load, int events, Duration round) {
        double capacity = load.run(128, round).answers(200) / (double) round.toSeconds();
        System.out.printf(Locale.ROOT, "capacity: %,.0f events/s%n", capacity * events);
        return capacity;
    }

    /// @return what was stored, as a share of the capacity
    private static double run(
            MeasuredProcess collector,
            Load load,
            double times,
            double capacity,
            int events,
            Duration round)
            throws IOException, InterruptedException {
        double cpu = collector.cpuSeconds();
        double compilers = collector.compilerSeconds();
        Load.Result result = load.run(times * capacity, round);
        double stored = result.answers(200) / (double) round.toSeconds();
        System.out.printf(
                Locale.ROOT,
                "%.1f times that: %,.0f events/s stored, %.0f %%, on %.2f cores, %.2f of them compilers;%s%n",
                times,
                stored * events,
                100 * stored / capacity,
                (collector.cpuSeconds() - cpu) / round.toSeconds(),
                (collector.compilerSeconds() - compilers) / round.toSeconds(),
                result);
        return stored / capacity;
    }

    private static void awaitReady(MeasuredProcess server, List<byte[]> requests) {
        Load load = new Load(server.port(), requests);
        while (load.run(1, Duration.ofMillis(500)).answers(200) == 0) {
            if (!server.isAlive()) {
                throw new IllegalStateException("the server has ended");
            }
        }
    }

    private static void createStream() {
        try (KinesisClient kinesis =
                KinesisClient.builder()
                        .endpointOverride(AWS.kinesis())
                        .region(Region.of(AWS.region()))
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create(
                                                AWS.accessKey(), AWS.secretKey())))
                        .build()) {
            kinesis.createStream(stream -> stream.streamName(Streams.RAW).shardCount(SHARDS));
            kinesis.waiter().waitUntilStreamExists(stream -> stream.streamName(Streams.RAW));
        }
    }
}
