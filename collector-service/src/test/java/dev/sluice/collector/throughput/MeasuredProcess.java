package dev.sluice.collector.throughput;

import dev.sluice.collector.CollectorApplication;
import dev.sluice.local.LocalAwsMain;
import dev.sluice.local.LocalEndpoints;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, whose CPU time can be told from everybody else's.
final class MeasuredProcess implements AutoCloseable {

    static final String KEY = "test-key";

    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final int port;

    private MeasuredProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Kinesis and DynamoDB, in a process of its own that the senders of requests cannot starve.
    static MeasuredProcess aws(LocalEndpoints aws, Path data) throws IOException {
        return start(
                LocalAwsMain.class,
                List.of(
                        "--data",
                        data.toString(),
                        "--services",
                        "kinesis,dynamodb",
                        "--ports",
                        "kinesis=%d,dynamodb=%d"
                                .formatted(aws.kinesis().getPort(), aws.dynamodb().getPort())),
                aws.kinesis().getPort(),
                data.resolve("aws.log"));
    }

    /// @param settings `--name=value` each, before the ones that it needs
    static MeasuredProcess collector(LocalEndpoints aws, int port, Path log, List<String> settings)
            throws IOException {
        List<String> arguments = new ArrayList<>(settings);
        Map.of(
                        "server.port", String.valueOf(port),
                        "sluice.collector.producers[0].key-sha256",
                                "62af8704764faf8ea82fc61ce9c4c3908b6cb97d463a634e9e587d7c885db0ef",
                        "sluice.collector.producers[0].tenant-id", "shop",
                        "sluice.collector.producers[0].source-id", "web",
                        "spring.cloud.aws.region.static", aws.region(),
                        "spring.cloud.aws.credentials.access-key", aws.accessKey(),
                        "spring.cloud.aws.credentials.secret-key", aws.secretKey(),
                        "spring.cloud.aws.kinesis.endpoint", aws.kinesis().toString(),
                        "spring.cloud.aws.dynamodb.endpoint", aws.dynamodb().toString(),
                        "sluice.books.create", "true")
                .forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return start(CollectorApplication.class, arguments, port, log);
    }

    static MeasuredProcess bareTomcat(int port, Path log) throws IOException {
        return start(BareTomcat.class, List.of(String.valueOf(port)), port, log);
    }

    private static MeasuredProcess start(Class<?> main, List<String> arguments, int port, Path log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xms1500m",
                        "-Xmx1500m",
                        "-Xmn1g",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseParallelGC",
                        "-XX:ParallelGCThreads=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new MeasuredProcess(process, port);
    }

    int port() {
        return port;
    }

    /// User and system time, of collectors of garbage and compilers too.
    double cpuSeconds() throws IOException {
        return ticks(stat(Path.of("/proc", String.valueOf(process.pid())))) / TICKS_PER_SECOND;
    }

    /// The part of it that the just-in-time compilers have used.
    double compilerSeconds() throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            for (Path thread : threads) {
                String stat = stat(thread);
                if (stat.contains("CompilerThre")) {
                    ticks += ticks(stat);
                }
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /// Compiler threads come and go.
    private static String stat(Path of) throws IOException {
        try {
            return Files.readString(of.resolve("stat"));
        } catch (NoSuchFileException ended) {
            return "";
        }
    }

    private static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    /// Returns when the port takes connections.
    void await() throws IOException, InterruptedException {
        while (true) {
            try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException notYet) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the server at port " + port + " has ended");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
