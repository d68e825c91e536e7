package dev.sluice.loader.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.warehouse.LocalWarehouse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

class RedshiftLoadedFilesIT extends LoadedFilesKit {

    private static LocalWarehouse warehouse;

    @BeforeAll
    static void start(@TempDir Path folder) {
        warehouse = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        warehouse.close();
    }

    @AfterEach
    void empty() throws SQLException {
        warehouse.empty();
    }

    @Override
    protected LoadedFiles files() {
        return new RedshiftLoadedFiles(warehouse.dataSource);
    }

    @Override
    protected void load(String key, Instant at) {
        String moment = at.toString().replace("T", " ").replace("Z", "");
        try (Connection connection = warehouse.dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO load_ledger (file_name, batch_id, row_count, loaded_ts) VALUES ('%s', 'b', 7, '%s')"
                            .formatted(key, moment));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hasReplayedEventsAndHistoryToo() {
        String replayed = "replayed/events/20261121-101500-3f2a/dt=2026-11-21/hour=10/r";
        String history = "replayed/events/backfill-1/dt=2026-11-21/hour=10/h";
        load(replayed, AT);
        load(history, LATER);
        assertThat(files().after(Instant.EPOCH, "", 10))
                .extracting(LoadedFiles.Loaded::key)
                .containsExactly(replayed, history);
    }

    @Test
    void leavesOutFilesThatAreNoEvents() {
        load("curated/sessions/dt=2026-11-21/s", AT);
        assertThat(files().after(Instant.EPOCH, "", 10)).isEmpty();
    }
}
