package dev.sluice.local.s3;

import java.io.IOException;
import java.nio.file.Path;

/// Prints its endpoint and serves the bucket `events` until its standard input ends.
final class S3ServerProcess {
    private S3ServerProcess() {}

    public static void main(String[] arguments) throws IOException {
        var config = S3ServerConfig.in(Path.of(arguments[0])).withBuckets("events");
        try (var server = S3Server.start(config)) {
            System.out.println(server.endpoint());
            while (System.in.read() >= 0) {}
        }
    }
}
