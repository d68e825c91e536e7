package dev.sluice.local.redshift;

import dev.sluice.local.host.QuietLogging;
import dev.sluice.local.redshift.copy.S3Loader;
import dev.sluice.local.redshift.postgres.PostgresCluster;
import dev.sluice.local.redshift.postgres.RedshiftCatalog;
import dev.sluice.local.redshift.wire.ProxyConfig;
import dev.sluice.local.redshift.wire.RedshiftProxy;

/// Amazon Redshift for one machine: the real `redshift-jdbc42` driver and Flyway talk to it
/// unmodified.
///
/// Data stays in the data directory. If the process that ran it was killed, the next start stops
/// what it left running and recovers; committed rows are never lost to the death of a process.
public final class RedshiftServer implements AutoCloseable {

    private final RedshiftServerConfig config;
    private final PostgresCluster cluster;
    private final RedshiftProxy proxy;
    private final RedshiftFaults faults;

    private RedshiftServer(
            RedshiftServerConfig config,
            PostgresCluster cluster,
            RedshiftProxy proxy,
            RedshiftFaults faults) {
        this.config = config;
        this.cluster = cluster;
        this.proxy = proxy;
        this.faults = faults;
    }

    /// Starts the warehouse and returns when it accepts connections.
    ///
    /// @throws IllegalStateException when another live server holds the data directory
    /// @throws java.io.UncheckedIOException when the port is taken or PostgreSQL does not start
    public static RedshiftServer start(RedshiftServerConfig config) {
        QuietLogging.warningsOnly("io.zonky", "org.postgresql");
        PostgresCluster cluster = PostgresCluster.start(config.dataDirectory());
        try {
            RedshiftCatalog catalog =
                    RedshiftCatalog.install(cluster, config.database(), config.user());
            RedshiftFaults faults = new RedshiftFaults();
            ProxyConfig proxyConfig =
                    new ProxyConfig(
                            cluster.address(),
                            config.user(),
                            config.password(),
                            new S3Loader(config.s3()),
                            faults,
                            catalog);
            return new RedshiftServer(
                    config, cluster, RedshiftProxy.start(config.port(), proxyConfig), faults);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    public int port() {
        return proxy.port();
    }

    /// The URL for the Redshift driver. It switches TLS off, which production must not.
    public String jdbcUrl() {
        return "jdbc:redshift://127.0.0.1:" + port() + "/" + config.database() + "?ssl=false";
    }

    public String user() {
        return config.user();
    }

    public String password() {
        return config.password();
    }

    public RedshiftFaults faults() {
        return faults;
    }

    /// Cuts every connection and refuses new ones until [#resume()]. What was not committed is
    /// rolled back; a statement that is running may still take effect, as with a real warehouse
    /// that goes away.
    public void pause() {
        proxy.pause();
    }

    public boolean isPaused() {
        return proxy.isPaused();
    }

    /// Accepts connections again, on the same port.
    public void resume() {
        proxy.resume();
    }

    /// Stops everything; no process is left. The data stays.
    @Override
    public void close() {
        proxy.close();
        cluster.close();
    }
}
