package dev.sluice.local.redshift;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// One running stand-in with its S3, shared by the test classes of a run.
final class Warehouse implements AutoCloseable {

    private final Path home;
    private final LocalS3 s3;
    private final RedshiftServer server;

    private Warehouse(Path home, LocalS3 s3, RedshiftServer server) {
        this.home = home;
        this.s3 = s3;
        this.server = server;
    }

    static Warehouse start() throws Exception {
        Path home = Files.createTempDirectory("redshift-it");
        LocalS3 s3 = LocalS3.start(Files.createDirectories(home.resolve("s3")));
        return new Warehouse(
                home,
                s3,
                RedshiftServer.start(
                        RedshiftServerConfig.of(home.resolve("warehouse"), s3::client)));
    }

    LocalS3 s3() {
        return s3;
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
    public void close() throws Exception {
        server.close();
        s3.close();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /// Gives test classes the shared warehouse and closes it after the last of them.
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Warehouse.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Warehouse.class))
                    .computeIfAbsent(
                            Warehouse.class,
                            key -> {
                                try {
                                    return start();
                                } catch (Exception e) {
                                    throw new IllegalStateException(
                                            "the warehouse does not start", e);
                                }
                            });
        }
    }
}
