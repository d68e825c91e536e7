package dev.sluice.local.kinesis;

import java.io.IOException;
import java.nio.file.Path;

/// Prints its endpoint and serves until its standard input ends.
final class KinesisServerProcess {
    private KinesisServerProcess() {}

    public static void main(String[] arguments) throws IOException {
        var config = KinesisServerConfig.in(Path.of(arguments[0])).withSegmentBytes(1 << 20);
        try (var server = KinesisServer.start(config)) {
            System.out.println(server.endpoint());
            while (System.in.read() >= 0) {}
        }
    }
}
