package dev.sluice.loader.lake;

import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.runtime.failure.TransientFailure;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

/// Reads `load_ledger`: the files of live events, of replays and of backfills.
public final class RedshiftLoadedFiles implements LoadedFiles {

    private static final String AFTER =
            "SELECT file_name, row_count, loaded_ts FROM load_ledger WHERE (loaded_ts > CAST(? AS"
                    + " TIMESTAMP) OR (loaded_ts = CAST(? AS TIMESTAMP) AND file_name > ?)) AND"
                    + " (file_name LIKE '"
                    + CuratedFiles.PREFIX
                    + "%' OR file_name LIKE '"
                    + CuratedFiles.REPLAYED_PREFIX
                    + "%') ORDER BY loaded_ts, file_name LIMIT ?";

    private final DataSource warehouse;

    public RedshiftLoadedFiles(DataSource warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public List<Loaded> after(Instant at, String afterKey, int limit) {
        String moment = Timestamp.valueOf(LocalDateTime.ofInstant(at, ZoneOffset.UTC)).toString();
        try (Connection connection = warehouse.getConnection();
                PreparedStatement query = connection.prepareStatement(AFTER)) {
            query.setString(1, moment);
            query.setString(2, moment);
            query.setString(3, afterKey);
            query.setInt(4, limit);
            List<Loaded> files = new ArrayList<>();
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    LocalDateTime loadedAt = result.getObject(3, LocalDateTime.class);
                    files.add(
                            new Loaded(
                                    result.getString(1),
                                    result.getLong(2),
                                    loadedAt.toInstant(ZoneOffset.UTC)));
                }
            }
            return files;
        } catch (SQLException e) {
            throw new TransientFailure("load_ledger cannot be read", e);
        }
    }
}
