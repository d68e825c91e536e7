package dev.sluice.local.dynamodb;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Where a [DynamoDbServer] keeps its tables and listens.
///
/// @param folder holds the database and is created when missing; none keeps the tables in memory
///     until close
/// @param port on 127.0.0.1; 0 takes a free one
public record DynamoDbServerConfig(@Nullable Path folder, int port) {
    public DynamoDbServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + port);
        }
    }

    public static DynamoDbServerConfig inMemory() {
        return new DynamoDbServerConfig(null, 0);
    }

    public static DynamoDbServerConfig in(Path folder) {
        return new DynamoDbServerConfig(folder, 0);
    }

    public DynamoDbServerConfig withPort(int newPort) {
        return new DynamoDbServerConfig(folder, newPort);
    }
}
