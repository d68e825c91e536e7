package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.StreamName;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Which stream is read, for which application, by which worker. A new application reads from the
/// trim horizon: nothing that is in the stream is left out.
///
/// @param application the name of the fleet that shares the stream, and of its lease table
/// @param workerId one per running consumer of the application. A restart under the same id takes
///     up its shards again at once; two consumers with the same id take each other's leases away
public record KclConsumerConfig(
        String application, StreamName stream, String workerId, KclTuning tuning) {

    /// @throws IllegalArgumentException if a name is blank
    public KclConsumerConfig {
        if (application.isBlank()) {
            throw new IllegalArgumentException("empty application name");
        }
        if (workerId.isBlank()) {
            throw new IllegalArgumentException("empty worker id of application " + application);
        }
    }

    /// With the worker id of this host: its name and the application's.
    public static KclConsumerConfig of(String application, StreamName stream, KclTuning tuning) {
        return new KclConsumerConfig(application, stream, hostName() + "/" + application, tuning);
    }

    /// The name of this host: `HOSTNAME` as containers set it, else what the resolver says.
    public static String hostName() {
        String fromEnvironment = System.getenv("HOSTNAME");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return fromEnvironment;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
