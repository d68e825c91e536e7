package dev.sluice.local.kinesis;

import java.nio.file.Path;

/// A server in a process of its own, to be killed; prints its endpoint and ends when its parent
/// does.
final class KilledServer {

    public static void main(String[] args) throws Exception {
        Clients.quietLogs();
        KinesisServer server =
                KinesisServer.start(
                        KinesisServerConfig.in(Path.of(args[0])).withSegmentBytes(1 << 20));
        System.out.println(server.endpoint());
        while (System.in.read() >= 0) {
            // until the parent closes the pipe
        }
        Runtime.getRuntime().halt(1);
    }

    private KilledServer() {}
}
