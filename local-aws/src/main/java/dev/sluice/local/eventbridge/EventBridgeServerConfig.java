package dev.sluice.local.eventbridge;

import java.nio.file.Path;
import java.time.InstantSource;

/// How an [EventBridgeServer] runs.
///
/// @param port TCP port on 127.0.0.1; 0 takes any free one
/// @param dataDirectory where events are kept; made if missing, used by one server at a time
/// @param clock gives the time of events that have none
public record EventBridgeServerConfig(int port, Path dataDirectory, InstantSource clock) {

    public EventBridgeServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
    }

    /// Any port and the system's clock.
    public static EventBridgeServerConfig in(Path dataDirectory) {
        return new EventBridgeServerConfig(0, dataDirectory, InstantSource.system());
    }

    public EventBridgeServerConfig withPort(int newPort) {
        return new EventBridgeServerConfig(newPort, dataDirectory, clock);
    }
}
