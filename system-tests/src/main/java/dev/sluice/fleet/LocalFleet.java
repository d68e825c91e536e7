package dev.sluice.fleet;

import dev.sluice.collector.CollectorApplication;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.EnricherApplication;
import dev.sluice.loader.LoaderApplication;
import dev.sluice.local.LocalAws;
import dev.sluice.local.LocalAwsConfig;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.validator.ValidatorApplication;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Every service and the cloud it needs, in this process. The command line, the end-to-end tests
/// and the benchmarks all start it here.
public final class LocalFleet implements AutoCloseable {

    private final DataFolder folder;
    private final LocalAws aws;
    private final List<Service.Running> services;
    private final FleetEndpoints endpoints;
    private final Consumer<String> progress;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalFleet(
            DataFolder folder,
            LocalAws aws,
            List<Service.Running> services,
            FleetEndpoints endpoints,
            Consumer<String> progress) {
        this.folder = folder;
        this.aws = aws;
        this.services = services;
        this.endpoints = endpoints;
        this.progress = progress;
    }

    /// Starts everything; returns when events can be posted. On a folder that was used before, what
    /// was acknowledged and not loaded yet goes on its way.
    ///
    /// @param progress is told of every step
    /// @throws IOException if the folder is in use or cannot be written
    public static LocalFleet start(FleetConfig config, Consumer<String> progress)
            throws IOException {
        FleetLogging.toFile(config.data().resolve("logs/sluice.log"));
        requireFree(config.port());
        DataFolder folder = DataFolder.lock(config.data());
        LocalAws aws = null;
        List<Service.Running> services = new ArrayList<>();
        try {
            progress.accept("starting Kinesis, DynamoDB, S3, EventBridge and the warehouse");
            aws = LocalAws.start(LocalAwsConfig.in(config.data()));
            LocalStreams.create(aws.endpoints(), config.shards());
            LocalContracts.publish(aws.endpoints());
            for (Service service : services(config, aws.endpoints())) {
                progress.accept("starting " + service.name());
                services.add(service.start());
            }
            FleetEndpoints endpoints = endpoints(aws.endpoints(), services);
            WarehouseTables.await(endpoints);
            endpoints.writeTo(config.data());
            return new LocalFleet(folder, aws, services, endpoints, progress);
        } catch (IOException | RuntimeException e) {
            services.reversed().forEach(Service.Running::stop);
            if (aws != null) {
                aws.close();
            }
            folder.close();
            throw e;
        }
    }

    /// Says so before everything is started only to be stopped again.
    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (BindException e) {
            throw new IOException("port " + port + " is in use; choose another with --port", e);
        }
    }

    public FleetEndpoints endpoints() {
        return endpoints;
    }

    /// The emulators, with their faults.
    public LocalAws aws() {
        return aws;
    }

    /// Stops in the order in which events travel, so that each service finishes what the one before
    /// it has sent: collector, validator, enricher, loader, then the emulators.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        for (Service.Running service : services.reversed()) {
            progress.accept("stopping " + service.name());
            service.stop();
        }
        progress.accept("stopping the emulators");
        aws.close();
        try {
            folder.close();
        } catch (IOException e) {
            progress.accept("the lock of the data folder is not released: " + e.getMessage());
        }
    }

    /// In the order of starting: who reads is up before who writes.
    private static List<Service> services(FleetConfig config, LocalEndpoints aws) {
        return List.of(
                new Service("loader", LoaderApplication.class, LocalSettings.loader(aws)),
                new Service("enricher", EnricherApplication.class, LocalSettings.enricher(aws)),
                new Service("validator", ValidatorApplication.class, LocalSettings.validator(aws)),
                new Service(
                        "collector",
                        CollectorApplication.class,
                        LocalSettings.collector(aws, config.port())));
    }

    private static FleetEndpoints endpoints(LocalEndpoints aws, List<Service.Running> services) {
        Map<String, String> urls = new LinkedHashMap<>();
        services.reversed().forEach(service -> urls.put(service.name(), service.url()));
        return new FleetEndpoints(
                services.getLast().url(),
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
