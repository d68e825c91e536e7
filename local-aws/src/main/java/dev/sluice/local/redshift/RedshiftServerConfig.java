package dev.sluice.local.redshift;

import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/// How to run a [RedshiftServer].
///
/// @param port TCP port on 127.0.0.1, 0 for any free one
/// @param dataDirectory where the warehouse lives across restarts; created when missing
/// @param database the database's name
/// @param user the one user that may connect; owns the database
/// @param password that user's password
/// @param s3 gives the client that COPY reads S3 with; asked once for each COPY, never closed
public record RedshiftServerConfig(
        int port,
        Path dataDirectory,
        String database,
        String user,
        String password,
        Supplier<S3Client> s3) {

    public RedshiftServerConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 0 and 65535: " + port);
        }
        if (database.isBlank() || user.isBlank()) {
            throw new IllegalArgumentException("database and user must have names");
        }
        if (user.equals("postgres") || database.equals("postgres")) {
            throw new IllegalArgumentException("the name postgres is taken by the server itself");
        }
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(s3, "s3");
    }

    /// Any free port, database `dev`, user `sluice` with a password for the local machine only.
    public static RedshiftServerConfig of(Path dataDirectory, Supplier<S3Client> s3) {
        return new RedshiftServerConfig(0, dataDirectory, "dev", "sluice", "Local-only-1", s3);
    }

    public RedshiftServerConfig withPort(int newPort) {
        return new RedshiftServerConfig(newPort, dataDirectory, database, user, password, s3);
    }

    @Override
    public String toString() {
        return "RedshiftServerConfig[port="
                + port
                + ", dataDirectory="
                + dataDirectory
                + ", database="
                + database
                + ", user="
                + user
                + ", password=[REDACTED]]";
    }
}
