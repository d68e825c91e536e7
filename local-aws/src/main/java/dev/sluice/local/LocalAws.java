package dev.sluice.local;

import dev.sluice.local.dynamodb.DynamoDbServer;
import dev.sluice.local.eventbridge.EventBridgeServer;
import dev.sluice.local.host.QuietLogging;
import dev.sluice.local.kinesis.KinesisServer;
import dev.sluice.local.redshift.RedshiftServer;
import dev.sluice.local.s3.S3Server;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The emulators of one data folder, in this process.
///
/// What they acknowledged outlives [#close], a restart and a kill of the process.
public final class LocalAws implements AutoCloseable {
    private final Map<LocalService, StartedService> services;
    private final AdminServer admin;
    private final LocalEndpoints endpoints;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalAws(
            Map<LocalService, StartedService> services,
            AdminServer admin,
            LocalEndpoints credentials) {
        this.services = services;
        this.admin = admin;
        var located = credentials.withAdmin(admin.endpoint());
        for (StartedService service : services.values()) {
            located = service.location().apply(located);
        }
        this.endpoints = located;
    }

    /// Starts the services at the same time; all of them answer when this returns.
    ///
    /// @throws IllegalStateException when one of them does not start; the others are closed again
    public static LocalAws start(LocalAwsConfig config) {
        return start(config, ServiceStarter.all());
    }

    static LocalAws start(LocalAwsConfig config, Map<LocalService, ServiceStarter> starters) {
        if (!starters.keySet().containsAll(config.services())) {
            throw new IllegalArgumentException(
                    "of " + config.services() + " only " + starters.keySet() + " exist");
        }
        QuietLogging.warningsOnly(); // finds the logging backend while there is one thread
        var credentials = LocalEndpoints.none(config.bucket());
        var located = new CompletableFuture<LocalEndpoints>();
        var start = new StartContext(config, credentials, () -> located.join().s3());
        var starting = new EnumMap<LocalService, Future<StartedService>>(LocalService.class);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (LocalService service : config.services()) {
                var starter = Objects.requireNonNull(starters.get(service));
                starting.put(service, threads.submit(() -> starter.start(start)));
            }
        }
        var started = allOrNone(starting);
        var aws = new LocalAws(started, startAdmin(config.adminPort(), started), credentials);
        located.complete(aws.endpoints());
        return aws;
    }

    public LocalEndpoints endpoints() {
        return endpoints;
    }

    /// The emulator itself, with its faults.
    ///
    /// @throws IllegalStateException when it was not started
    public KinesisServer kinesis() {
        return server(LocalService.KINESIS, KinesisServer.class);
    }

    /// The emulator itself, with its faults.
    ///
    /// @throws IllegalStateException when it was not started
    public DynamoDbServer dynamodb() {
        return server(LocalService.DYNAMODB, DynamoDbServer.class);
    }

    /// The emulator itself, with its folder and faults.
    ///
    /// @throws IllegalStateException when it was not started
    public S3Server s3() {
        return server(LocalService.S3, S3Server.class);
    }

    /// The emulator itself, with its faults.
    ///
    /// @throws IllegalStateException when it was not started
    public RedshiftServer redshift() {
        return server(LocalService.REDSHIFT, RedshiftServer.class);
    }

    /// The emulator itself, with its faults and what it recorded.
    ///
    /// @throws IllegalStateException when it was not started
    public EventBridgeServer eventbridge() {
        return server(LocalService.EVENTBRIDGE, EventBridgeServer.class);
    }

    /// Closes all of them, the last in the order of [LocalService] first. Further calls do nothing.
    ///
    /// @throws IllegalStateException when one of them does not close; the others are closed then
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            admin.close();
            var failure = closeAll(services, null);
            if (failure != null) {
                throw failure;
            }
        }
    }

    private static AdminServer startAdmin(int port, Map<LocalService, StartedService> services) {
        var servers = new EnumMap<LocalService, AutoCloseable>(LocalService.class);
        services.forEach((service, started) -> servers.put(service, started.server()));
        try {
            return AdminServer.start(port, new AdminCommands(servers));
        } catch (RuntimeException e) {
            throw Objects.requireNonNull(closeAll(services, join(null, "no admin endpoint", e)));
        }
    }

    private <T> T server(LocalService service, Class<T> type) {
        var started = services.get(service);
        if (started == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return type.cast(started.server());
    }

    private static Map<LocalService, StartedService> allOrNone(
            Map<LocalService, Future<StartedService>> starting) {
        var started = new EnumMap<LocalService, StartedService>(LocalService.class);
        IllegalStateException failure = null;
        for (var entry : starting.entrySet()) {
            try {
                started.put(entry.getKey(), entry.getValue().get());
            } catch (ExecutionException e) {
                failure = join(failure, entry.getKey() + " did not start", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = join(failure, entry.getKey() + " was interrupted at its start", e);
            }
        }
        if (failure != null) {
            throw Objects.requireNonNull(closeAll(started, failure));
        }
        return started;
    }

    private static @Nullable IllegalStateException closeAll(
            Map<LocalService, StartedService> services, @Nullable IllegalStateException earlier) {
        var failure = earlier;
        for (LocalService service : services.keySet().stream().sorted().toList().reversed()) {
            try {
                Objects.requireNonNull(services.get(service)).close();
            } catch (Exception e) {
                failure = join(failure, service + " did not close", e);
            }
        }
        return failure;
    }

    private static IllegalStateException join(
            @Nullable IllegalStateException earlier, String message, @Nullable Throwable cause) {
        var failure = new IllegalStateException(message, cause);
        if (earlier == null) {
            return failure;
        }
        earlier.addSuppressed(failure);
        return earlier;
    }
}
