package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.copy.S3Loader;

import java.net.InetSocketAddress;

/// What every session needs.
///
/// @param server the PostgreSQL server behind the proxy
/// @param user the one user that may connect
/// @param password that user's password
public record ProxyConfig(
        InetSocketAddress server,
        String user,
        String password,
        S3Loader loader,
        SessionFaults faults,
        LoadErrorLog loadErrors) {

    @Override
    public String toString() {
        return "ProxyConfig[server=" + server + ", user=" + user + ", password=[REDACTED]]";
    }
}
