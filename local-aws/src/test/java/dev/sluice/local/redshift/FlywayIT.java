package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.number;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;

@ExtendWith(Warehouse.Extension.class)
final class FlywayIT {

    private final Warehouse warehouse;

    FlywayIT(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Test
    void migratesOnceAndValidates(@TempDir Path scripts) throws Exception {
        Files.writeString(
                scripts.resolve("V1__tables.sql"),
                """
                CREATE TABLE orders (
                    id BIGINT IDENTITY(1,1) NOT NULL,
                    code VARCHAR(10) ENCODE zstd, -- ; DISTKEY(x)
                    at TIMESTAMP DEFAULT GETDATE(),
                    properties SUPER,
                    PRIMARY KEY (id)
                ) DISTSTYLE KEY DISTKEY (code) COMPOUND SORTKEY (at);
                CREATE VIEW recent AS SELECT id, properties.a.b AS b FROM orders WHERE at > DATEADD(day, -1, SYSDATE)
                WITH NO SCHEMA BINDING;
                """);
        Files.writeString(
                scripts.resolve("V2__procedure.sql"),
                """
                CREATE OR REPLACE PROCEDURE add_order(n INT) AS $$
                BEGIN
                    INSERT INTO orders (code) VALUES ('it''s;');
                END;
                $$ LANGUAGE plpgsql;
                CALL add_order(1);
                ALTER TABLE orders ADD COLUMN total NUMERIC(18,2);
                """);
        assertThat(migrate(scripts).migrationsExecuted).isEqualTo(2);
        assertThat(migrate(scripts).migrationsExecuted).isZero();
        Files.writeString(
                scripts.resolve("R__report.sql"),
                "GRANT SELECT ON ALL TABLES IN SCHEMA shop TO PUBLIC;");
        assertThat(migrate(scripts).migrationsExecuted).isEqualTo(1);
        flyway(scripts).validate();
        try (Connection connection = warehouse.connect()) {
            assertThat(number(connection, "SELECT count(*) FROM shop.orders WHERE code = 'it''s;'"))
                    .isEqualTo(1);
        }
    }

    private MigrateResult migrate(Path scripts) {
        return flyway(scripts).migrate();
    }

    private Flyway flyway(Path scripts) {
        return Flyway.configure()
                .dataSource(
                        warehouse.server().jdbcUrl(),
                        warehouse.server().user(),
                        warehouse.server().password())
                .schemas("shop")
                .locations("filesystem:" + scripts)
                .load();
    }
}
