package dev.sluice.fleet;

import java.nio.file.Path;

/// How to run the fleet on this machine.
///
/// @param data where everything is kept; a fleet started on the same folder again goes on
/// @param port of the collector, 0 for any free one
/// @param shards of each stream when it is created
public record FleetConfig(Path data, int port, int shards) {

    public FleetConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is outside 0 to 65535");
        }
        if (shards < 1) {
            throw new IllegalArgumentException("a stream needs a shard, not " + shards);
        }
        data = data.toAbsolutePath().normalize();
    }

    /// Two shards a stream: enough for work to be shared, few enough for two cores.
    public static FleetConfig of(Path data, int port) {
        return new FleetConfig(data, port, 2);
    }
}
