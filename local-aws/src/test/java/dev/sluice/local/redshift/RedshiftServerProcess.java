package dev.sluice.local.redshift;

import java.io.IOException;
import java.nio.file.Path;

/// Prints its JDBC URL and serves until its standard input ends. It has no S3.
final class RedshiftServerProcess {
    private RedshiftServerProcess() {}

    public static void main(String[] arguments) throws IOException {
        var config =
                RedshiftServerConfig.of(
                        Path.of(arguments[0]),
                        () -> {
                            throw new IllegalStateException("no S3 here");
                        });
        try (var server = RedshiftServer.start(config)) {
            System.out.println(server.jdbcUrl());
            while (System.in.read() >= 0) {}
        }
    }
}
