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
                        Stream.of("DROP TABLE IF EXISTS events_files", files(), events()),
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
        LOCATION '%2$s'
        TBLPROPERTIES (
          'projection.enabled' = 'true',
          'projection.dt.type' = 'date',
          'projection.dt.format' = 'yyyy-MM-dd',
          'projection.dt.range' = 'NOW-%3$dDAYS,NOW+1DAYS',
          'projection.dt.interval' = '1',
          'projection.dt.interval.unit' = 'DAYS',
          'projection.hour.type' = 'integer',
          'projection.hour.range' = '0,23',
          'projection.hour.digits' = '2',
          'storage.location.template' = '%2$sdt=${dt}/hour=${hour}/'
        )"""
                .formatted(columns, location(), days);
    }

    /// Each event once: of its rows the one that was received first, and of that receipt the one
    /// enriched last, as in the warehouse. The hour is part of what tells events apart, so that a
    /// query for some hours reads only these.
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
              ORDER BY received_ts, enriched_ts DESC NULLS LAST
            ) AS copy_number
          FROM events_files
        ) AS files
        WHERE copy_number = 1"""
                .formatted(columns);
    }

    private static String view(String name) {
        return Resources.read("views/" + name + ".sql").strip();
    }

    private String location() {
        return "s3://" + bucket + "/" + FileLists.ATHENA_PREFIX;
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
