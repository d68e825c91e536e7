package dev.sluice.local.dynamodb;

import java.io.IOException;
import java.nio.file.Path;

/// Prints its endpoint and serves until its standard input ends.
final class DynamoDbServerProcess {
    private DynamoDbServerProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (var server = DynamoDbServer.start(DynamoDbServerConfig.in(Path.of(arguments[0])))) {
            System.out.println(server.endpoint());
            while (System.in.read() >= 0) {}
        }
    }
}
