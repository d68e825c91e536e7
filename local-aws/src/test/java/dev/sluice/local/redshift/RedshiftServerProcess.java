package dev.sluice.local.redshift;

import java.nio.file.Path;

/// A process that runs a stand-in until it is killed: `RedshiftServerProcess DIRECTORY` prints the
/// JDBC URL.
final class RedshiftServerProcess {

    private RedshiftServerProcess() {}

    public static void main(String[] args) throws InterruptedException {
        RedshiftServer server =
                RedshiftServer.start(
                        RedshiftServerConfig.of(
                                Path.of(args[0]),
                                () -> {
                                    throw new IllegalStateException("no S3 here");
                                }));
        System.out.println(server.jdbcUrl());
        Thread.currentThread().join();
    }
}
