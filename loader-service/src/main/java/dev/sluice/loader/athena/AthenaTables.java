package dev.sluice.loader.athena;

import dev.sluice.contracts.table.ColumnType;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.lake.FileLists;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The statements that make the lake's table and views, in order. All can be run again, after a new
/// contract too: the table is only a description.
///
/// @param table the columns
/// @param bucket of the lake
/// @param days back from today that can be asked for
public record AthenaTables(EventsTable table, String bucket, int days) {

    private static final List<String> VIEWS = List.of("clickstream_events", "chatbot_events");

    /// One statement each; Athena runs no more at once.
    public List<String> statements() {
        return Stream.concat(
                        Stream.of(
                                "DROP TABLE IF EXISTS events_files",
                                files(),
                                "DROP TABLE IF EXISTS events_loads",
                                loads(),
                                events()),
                        VIEWS.stream().map(AthenaTables::view))
                .toList();
    }

    /// All of it, as a file.
    public String script() {
        return statements().stream()
                .map(statement -> statement + ";\n")
                .collect(Collectors.joining("\n"));
    }

    /// The table whose partitions each have one object, `symlink.txt`, that names the files. Athena
    /// reckons the partitions from their pattern, so nobody has to add any.
    String files() {
        String columns =
                table.stagingColumns().stream()
                        .map(column -> "  `%s` %s".formatted(column.name(), type(column.type())))
                        .collect(Collectors.joining(",\n"));
        return """
        CREATE EXTERNAL TABLE events_files (
        %1$s
        )
        PARTITIONED BY (`dt` string, `hour` string)
        ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
        STORED AS
          INPUTFORMAT 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'
          OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.IgnoreKeyTextOutputFormat'
        %2$s"""
                .formatted(columns, partitions(FileLists.ATHENA_PREFIX));
    }

    /// When each file was loaded, by what Athena calls its "$path".
    String loads() {
        return """
        CREATE EXTERNAL TABLE events_loads (
          `file_path` string,
          `load_number` bigint
        )
        PARTITIONED BY (`dt` string, `hour` string)
        ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t'
        STORED AS TEXTFILE
        %s"""
                .formatted(partitions(FileLists.LOADS_PREFIX));
    }

    private String partitions(String prefix) {
        return """
        LOCATION '%1$s'
        TBLPROPERTIES (
          'projection.enabled' = 'true',
          'projection.dt.type' = 'date',
          'projection.dt.format' = 'yyyy-MM-dd',
          'projection.dt.range' = 'NOW-%2$dDAYS,NOW+1DAYS',
          'projection.dt.interval' = '1',
          'projection.dt.interval.unit' = 'DAYS',
          'projection.hour.type' = 'integer',
          'projection.hour.range' = '0,23',
          'projection.hour.digits' = '2',
          'storage.location.template' = '%1$sdt=${dt}/hour=${hour}/'
        )"""
                .formatted("s3://" + bucket + "/" + prefix, days);
    }

    /// Each event once, as in the warehouse: of its receipts the one loaded first, of those loaded
    /// together the first; of the rows with that receipt the one loaded last, of those loaded
    /// together the one enriched last. A file that events_loads does not have yet is the newest.
    /// The hour is part of what tells events apart, so that a query of some hours reads these.
    String events() {
        String columns =
                table.stagingColumns().stream()
                        .map(column -> "  " + column.name())
                        .collect(Collectors.joining(",\n"));
        return """
        CREATE OR REPLACE VIEW events AS
        SELECT
        %s,
          dt,
          hour
        FROM (
          SELECT
            *,
            ROW_NUMBER() OVER (
              PARTITION BY dt, hour, tenant_id, event_id
              ORDER BY
                CASE WHEN received_ts = kept_received_ts THEN 0 ELSE 1 END,
                load_number DESC NULLS FIRST,
                enriched_ts DESC NULLS LAST
            ) AS copy_number
          FROM (
            SELECT
              files.*,
              loads.load_number,
              FIRST_VALUE(files.received_ts) OVER (
                PARTITION BY files.dt, files.hour, files.tenant_id, files.event_id
                ORDER BY loads.load_number NULLS LAST, files.received_ts
              ) AS kept_received_ts
            FROM events_files AS files
            LEFT JOIN events_loads AS loads
              ON loads.file_path = files."$path" AND loads.dt = files.dt AND loads.hour = files.hour
          ) AS loaded
        ) AS copies
        WHERE copy_number = 1"""
                .formatted(columns);
    }

    private static String view(String name) {
        return Resources.read("views/" + name + ".sql").strip();
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case ColumnType.Varchar _, ColumnType.Super _ -> "string";
            case ColumnType.Bigint _ -> "bigint";
            case ColumnType.Int _ -> "int";
            case ColumnType.Decimal(int precision, int scale) ->
                    "decimal(" + precision + "," + scale + ")";
            case ColumnType.DoublePrecision _ -> "double";
            case ColumnType.Bool _ -> "boolean";
            case ColumnType.Timestamp _ -> "timestamp";
        };
    }
}
