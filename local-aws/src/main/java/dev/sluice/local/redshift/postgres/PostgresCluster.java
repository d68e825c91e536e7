package dev.sluice.local.redshift.postgres;

import dev.sluice.local.host.FolderLock;
import dev.sluice.local.host.FolderTree;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

/// A PostgreSQL cluster kept in a directory across restarts.
///
/// **Durability.** `fsync` is off, because the stand-in must survive the death of processes and not
/// of the machine: what a process has written is in the page cache, which a killed process does not
/// take with it. `synchronous_commit` stays on, because it is what makes a commit wait until its
/// WAL has left the shared buffers, which do die with the postmaster and its backends.
/// `full_page_writes` stays on, because a kill can interrupt the write of an 8 KB page between two
/// pages of the operating system.
public final class PostgresCluster implements AutoCloseable {

    /// Crash recovery may have to replay up to `max_wal_size`.
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private static final String COMPLETE = "redshift.initialised";

    private final FolderLock lock;
    private final EmbeddedPostgres postgres;
    private final Path cluster;

    private PostgresCluster(FolderLock lock, EmbeddedPostgres postgres, Path cluster) {
        this.lock = lock;
        this.postgres = postgres;
        this.cluster = cluster;
    }

    /// Starts the cluster in `directory`, creating it the first time and recovering it when the
    /// last process was killed.
    ///
    /// @throws IllegalStateException when another live server holds the directory
    /// @throws UncheckedIOException when PostgreSQL does not start; its log is `postgres.log` in
    ///     the directory
    public static PostgresCluster start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        FolderLock lock = FolderLock.take(home);
        Path cluster = home.resolve("cluster");
        try {
            new OrphanedPostmaster(cluster).stop();
            if (!Files.exists(home.resolve(COMPLETE))) {
                FolderTree.delete(cluster);
            }
            EmbeddedPostgres postgres = launch(home, cluster);
            Files.writeString(home.resolve(COMPLETE), "");
            return new PostgresCluster(lock, postgres, cluster);
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException(
                    "PostgreSQL did not start in "
                            + cluster
                            + "; see "
                            + home.resolve("postgres.log"),
                    e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(Path home, Path cluster) throws IOException {
        Files.createDirectories(home);
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(home.resolve("postgres.log").toFile());
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(cluster)
                        .setCleanDataDirectory(false)
                        .setOutputRedirector(log)
                        .setErrorRedirector(log)
                        .setPGStartupWait(START_WITHIN)
                        // Redshift compares by code point.
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setLocaleConfig("locale", "C");
        settings().forEach(builder::setServerConfig);
        return builder.start();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "60");
        // Two cores, a few busy sessions, bulk loads.
        settings.put("shared_buffers", "256MB");
        settings.put("work_mem", "64MB");
        settings.put("maintenance_work_mem", "128MB");
        settings.put("temp_buffers", "64MB");
        settings.put("max_wal_size", "2GB");
        settings.put("checkpoint_timeout", "15min");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("max_parallel_workers_per_gather", "1");
        settings.put("jit", "off");
        // Statistics of 150 columns are read from few rows. A vacuum lets an index answer alone.
        settings.put("default_statistics_target", "10");
        settings.put("autovacuum_naptime", "10s");
        settings.put("autovacuum_vacuum_insert_scale_factor", "0.02");
        settings.put("autovacuum_vacuum_scale_factor", "0.02");
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        // Redshift's defaults, which are PostgreSQL 8.0's.
        settings.put("standard_conforming_strings", "off");
        settings.put("escape_string_warning", "off");
        settings.put("backslash_quote", "on");
        settings.put("timezone", "UTC");
        settings.put("log_min_messages", "log");
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        return settings;
    }

    /// Where the server listens, on loopback; it trusts whoever connects.
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), postgres.getPort());
    }

    DataSource superuser(String database) {
        return postgres.getDatabase("postgres", database);
    }

    /// Stops the server; no process of it is left.
    @Override
    public void close() {
        try (lock) {
            OrphanedPostmaster postmaster = new OrphanedPostmaster(cluster);
            Optional<ProcessHandle> running = postmaster.find();
            postgres.close();
            postmaster.stop(running);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + cluster + " did not stop", e);
        }
    }
}
