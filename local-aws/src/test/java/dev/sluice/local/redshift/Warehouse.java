package dev.sluice.local.redshift;

import dev.sluice.local.LocalAws;
import dev.sluice.local.LocalAwsExtension;
import dev.sluice.local.LocalClients;
import dev.sluice.local.s3.S3Faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import software.amazon.awssdk.services.s3.S3Client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The stand-in of a [LocalAws], with a bucket to load from.
final class Warehouse implements AutoCloseable {

    private final StageBucket s3;
    private final S3Faults faults;
    private final RedshiftServer server;

    private Warehouse(StageBucket s3, S3Faults faults, RedshiftServer server) {
        this.s3 = s3;
        this.faults = faults;
        this.server = server;
    }

    static Warehouse of(LocalAws aws) {
        S3Client client = LocalClients.s3(aws.endpoints().s3());
        client.createBucket(bucket -> bucket.bucket(StageBucket.BUCKET));
        return new Warehouse(new StageBucket(client), aws.s3().faults(), aws.redshift());
    }

    StageBucket s3() {
        return s3;
    }

    /// Of its bucket.
    S3Faults faults() {
        return faults;
    }

    RedshiftServer server() {
        return server;
    }

    Connection connect() throws SQLException {
        return connect(server, new Properties());
    }

    Connection connect(Properties properties) throws SQLException {
        return connect(server, properties);
    }

    static Connection connect(RedshiftServer server, Properties properties) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", server.user());
        all.setProperty("password", server.password());
        return DriverManager.getConnection(server.jdbcUrl(), all);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(rows(connection, sql).getFirst().getFirst());
    }

    static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        s3.client().close();
    }

    /// Gives test classes the warehouse of the shared [LocalAws].
    static final class Extension implements ParameterResolver {

        private final LocalAwsExtension shared = LocalAwsExtension.shared();

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Warehouse.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            shared.beforeAll(context);
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Warehouse.class))
                    .computeIfAbsent(Warehouse.class, key -> of(shared.aws()));
        }
    }
}
