package dev.sluice.fleet;

import dev.sluice.collector.CollectorApplication;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.EnricherApplication;
import dev.sluice.loader.LoaderApplication;
import dev.sluice.local.LocalAws;
import dev.sluice.local.LocalAwsConfig;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.validator.ValidatorApplication;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Every task of every service as a process of its own, and the cloud they need in this one, with
/// its faults at hand. No process outlives this one.
public final class ProcessFleet implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofSeconds(60);

    /// Ten processes on two cores are slower than any stream: they would spill what arrives anyway,
    /// and every copy would have to be told from one that a crash made.
    public static final Map<String, String> PATIENT =
            Map.of(
                    "sluice.collector.stream.time-limit", "4s",
                    "sluice.publisher.deadline", "4s",
                    "sluice.kinesis.put-timeout", "3s");

    private final DataFolder folder;
    private final LocalAws aws;
    private final List<FleetTask> tasks;
    private final FleetEndpoints endpoints;
    private final HttpClient http;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ProcessFleet(
            DataFolder folder,
            LocalAws aws,
            List<FleetTask> tasks,
            FleetEndpoints endpoints,
            HttpClient http) {
        this.folder = folder;
        this.aws = aws;
        this.tasks = tasks;
        this.endpoints = endpoints;
        this.http = http;
    }

    /// Starts everything; returns when every task is ready.
    ///
    /// @param data everything is kept here, the tasks' logs below `logs`
    /// @throws IOException if the folder is in use or cannot be written, or a task does not start
    public static ProcessFleet start(Path data, FleetShape shape, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(data, shape, PATIENT, Map.of(), progress);
    }

    /// With settings of the collectors' own, and of the loaders'.
    public static ProcessFleet start(
            Path data,
            FleetShape shape,
            Map<String, String> collectorSettings,
            Map<String, String> loaderSettings,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        Map<String, Map<String, String>> settings =
                Map.of("collector", collectorSettings, "loader", loaderSettings);
        Path home = data.toAbsolutePath().normalize();
        FleetLogging.toFile(home.resolve("logs/sluice.log"));
        DataFolder folder = DataFolder.lock(home);
        HttpClient http = HttpClient.newHttpClient();
        @Nullable LocalAws aws = null;
        List<FleetTask> tasks = List.of();
        try {
            progress.accept("starting Kinesis, DynamoDB, S3, EventBridge and the warehouse");
            aws = LocalAws.start(LocalAwsConfig.in(home));
            LocalStreams.create(aws.endpoints(), FleetConfig.of(home, 0).shards());
            LocalContracts.publish(aws.endpoints());
            tasks = tasks(aws.endpoints(), shape, settings, home, http);
            startAll(tasks, progress);
            FleetEndpoints endpoints = endpoints(aws.endpoints(), tasks);
            WarehouseTables.await(endpoints);
            endpoints.writeTo(home);
            return new ProcessFleet(folder, aws, tasks, endpoints, http);
        } catch (IOException | InterruptedException | RuntimeException e) {
            tasks.forEach(FleetTask::kill);
            if (aws != null) {
                aws.close();
            }
            folder.close();
            throw e;
        }
    }

    public LocalAws aws() {
        return aws;
    }

    public FleetEndpoints endpoints() {
        return endpoints;
    }

    /// In the order in which events travel.
    public List<FleetTask> tasks() {
        return tasks;
    }

    /// The tasks of one service, such as `validator`.
    public List<FleetTask> tasks(String service) {
        return tasks.stream().filter(task -> task.serviceName().equals(service)).toList();
    }

    /// Where events can be posted.
    public List<URI> collectors() {
        return tasks("collector").stream().map(task -> task.url().resolve("/v1/events")).toList();
    }

    /// Stops every task in the order in which events travel, then the cloud.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            for (FleetTask task : tasks) {
                if (task.isAlive()) {
                    task.resume();
                    var _ = task.terminate(STOP);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            tasks.forEach(FleetTask::kill);
            aws.close();
            http.close();
            closeFolder();
        }
    }

    private void closeFolder() {
        try {
            folder.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the data folder's lock is not released", e);
        }
    }

    /// A loader first, alone: it makes the tables that all others find.
    private static void startAll(List<FleetTask> tasks, Consumer<String> progress)
            throws InterruptedException {
        FleetTask first = tasks.getLast();
        progress.accept("starting " + first.name());
        first.start();
        first.awaitReady(START);
        progress.accept("starting " + (tasks.size() - 1) + " more processes");
        tasks.forEach(FleetTask::start);
        for (FleetTask task : tasks) {
            task.awaitReady(START);
        }
    }

    private static List<FleetTask> tasks(
            LocalEndpoints aws,
            FleetShape shape,
            Map<String, Map<String, String>> settings,
            Path home,
            HttpClient http)
            throws IOException {
        FreePorts ports = new FreePorts();
        List<FleetTask> tasks = new ArrayList<>();
        for (Kind kind : kinds(shape)) {
            Map<String, String> own = settings.getOrDefault(kind.service, Map.of());
            for (int i = 1; i <= kind.tasks; i++) {
                String name = kind.service + "-" + i;
                tasks.add(task(name, kind.application, aws, own, ports.next(), home, http));
            }
        }
        return List.copyOf(tasks);
    }

    private record Kind(String service, Class<?> application, int tasks) {}

    private static List<Kind> kinds(FleetShape shape) {
        return List.of(
                new Kind("collector", CollectorApplication.class, shape.collectors()),
                new Kind("validator", ValidatorApplication.class, shape.validators()),
                new Kind("enricher", EnricherApplication.class, shape.enrichers()),
                new Kind("loader", LoaderApplication.class, shape.loaders()));
    }

    private static FleetTask task(
            String name,
            Class<?> application,
            LocalEndpoints aws,
            Map<String, String> more,
            int port,
            Path home,
            HttpClient http)
            throws IOException {
        Path log = Files.createDirectories(home.resolve("logs")).resolve(name + ".log");
        Map<String, String> settings =
                new LinkedHashMap<>(TaskSettings.of(name, application, aws, port));
        settings.putAll(more);
        return new FleetTask(
                new Service(name, application, settings), port, log, TaskJvm.command(), http);
    }

    private static FleetEndpoints endpoints(LocalEndpoints aws, List<FleetTask> tasks) {
        Map<String, String> urls = new LinkedHashMap<>();
        tasks.forEach(task -> urls.put(task.name(), task.url().toString()));
        return new FleetEndpoints(
                tasks.getFirst().url().toString(),
                LocalSettings.WRITE_KEY,
                aws.jdbcUrl(),
                aws.jdbcUser(),
                aws.jdbcPassword(),
                LocalSettings.SUBJECT_SECRET,
                LocalSettings.PII_SECRET,
                aws.region(),
                aws.kinesis().toString(),
                aws.dynamodb().toString(),
                aws.s3().toString(),
                aws.eventbridge().toString(),
                aws.bucket(),
                Streams.ALL,
                urls);
    }
}
