package dev.sluice.local.redshift;

import static dev.sluice.local.redshift.Warehouse.execute;
import static dev.sluice.local.redshift.Warehouse.number;
import static dev.sluice.local.redshift.Warehouse.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jerolba.carpet.TimeUnit;

import dev.sluice.local.s3.S3FaultRule;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// What makes a COPY fail, and that it fails as a whole.
@ExtendWith(Warehouse.Extension.class)
final class CopyErrorsIT {

    record Text(String id, @Nullable String body) {}

    record Amount(String id, Integer amount) {}

    record Timed(String id, LocalDateTime at) {}

    record Nested(String id, List<String> tags) {}

    private final Warehouse warehouse;
    private final Connection connection;

    CopyErrorsIT(Warehouse warehouse) throws SQLException {
        this.warehouse = warehouse;
        this.connection = warehouse.connect();
    }

    @BeforeEach
    void open() throws SQLException {
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        warehouse.faults().clear();
        connection.rollback();
        connection.close();
    }

    private static String copy(String key) {
        return "COPY target FROM 's3://stage/" + key + "' IAM_ROLE DEFAULT FORMAT AS PARQUET";
    }

    /// Runs a COPY that must fail; checks that the transaction is aborted and the connection good
    /// after a rollback.
    private Throwable failing(String table, String copy) throws SQLException {
        execute(connection, table);
        SQLException failure =
                catchThrowableOfType(SQLException.class, () -> execute(connection, copy));
        assertThat((Throwable) failure).as(copy).isNotNull();
        assertThatThrownBy(() -> execute(connection, "SELECT 1"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
        connection.rollback();
        assertThat(number(connection, "SELECT 1")).isEqualTo(1);
        return failure;
    }

    private static String sqlState(Throwable failure) {
        return ((SQLException) failure).getSQLState();
    }

    @Test
    void refusesAMissingPrefix() throws Exception {
        assertThat(failing("CREATE TEMP TABLE target (id VARCHAR(8))", copy("nothing/here")))
                .hasMessageContaining("The specified S3 prefix 'nothing/here' does not exist");
    }

    @Test
    void refusesAMissingBucket() throws Exception {
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8))",
                                "COPY target FROM 's3://no-such-bucket/x' IAM_ROLE DEFAULT FORMAT PARQUET"))
                .hasMessageContaining("NoSuchBucket");
    }

    @Test
    void refusesAFileThatIsNotParquet() throws Exception {
        warehouse
                .s3()
                .put("bad/garbage.parquet", "not parquet at all".getBytes(StandardCharsets.UTF_8));
        assertThat(failing("CREATE TEMP TABLE target (id VARCHAR(8))", copy("bad/garbage.parquet")))
                .hasMessageContaining("not readable as PARQUET")
                .hasMessageContaining("s3://stage/bad/garbage.parquet");
    }

    /// The object itself is damaged, or it is read in parts: the checksums of its pages tell.
    @Test
    void refusesADamagedPage() throws Exception {
        byte[] file = ParquetFiles.of(Text.class, List.of(new Text("a", "unharmed")));
        int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("unharmed");
        file[at] ^= 1;
        warehouse.s3().put("bad/page.parquet", file);
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), body VARCHAR(8))",
                                copy("bad/page.parquet")))
                .hasMessageContaining("not readable as PARQUET")
                .hasMessageContaining("s3://stage/bad/page.parquet");
    }

    @ParameterizedTest
    @EnumSource(
            value = S3FaultRule.Kind.class,
            names = {"CORRUPT", "CUT_OFF"})
    void refusesAReadThatIsDamagedOnItsWay(S3FaultRule.Kind fault) throws Exception {
        List<Text> rows = List.of(new Text("a", "unharmed"));
        warehouse.s3().put("way/row.parquet", ParquetFiles.of(Text.class, rows));
        String table = "CREATE TEMP TABLE target (id VARCHAR(8), body VARCHAR(8))";
        warehouse.faults().add(S3FaultRule.always(fault).under("way/"));
        assertThat(failing(table, copy("way/row.parquet")))
                .hasMessageContaining("s3://stage/way/row.parquet")
                .hasMessageContaining(
                        fault == S3FaultRule.Kind.CUT_OFF
                                ? "S3ServiceException"
                                : "not readable as PARQUET");
        warehouse.faults().clear();

        execute(connection, table);
        execute(connection, copy("way/row.parquet"));
        assertThat(rows(connection, "SELECT body FROM target"))
                .containsExactly(List.of("unharmed"));
    }

    @Test
    void refusesATableThatDoesNotExist() throws Exception {
        assertThat(sqlState(failing("SELECT 1", copy("bad/garbage.parquet")))).isEqualTo("42P01");
    }

    @Test
    void refusesAnotherNumberOfColumns() throws Exception {
        warehouse
                .s3()
                .put("bad/two.parquet", ParquetFiles.of(Text.class, List.of(new Text("a", "b"))));
        assertThat(failing("CREATE TEMP TABLE target (id VARCHAR(8))", copy("bad/two.parquet")))
                .hasMessageContaining("Unmatched number of columns");
    }

    @Test
    void refusesAValueLongerThanItsColumnInBytes() throws Exception {
        warehouse
                .s3()
                .put(
                        "bad/long.parquet",
                        ParquetFiles.of(Text.class, List.of(new Text("a", "ééééé"))));
        Throwable failure =
                failing(
                        "CREATE TEMP TABLE target (id VARCHAR(8), body VARCHAR(5))",
                        copy("bad/long.parquet"));
        assertThat(sqlState(failure)).isEqualTo("XX000");
        assertThat(failure).hasMessageContaining("Value too long").hasMessageNotContaining("ééééé");
        assertThat(
                        rows(
                                connection,
                                "SELECT filename, colname, err_reason FROM stl_load_errors"
                                        + " WHERE filename LIKE '%bad/long.parquet' ORDER BY starttime DESC LIMIT 1"))
                .containsExactly(
                        List.of(
                                "s3://stage/bad/long.parquet",
                                "body",
                                "Value too long for type character varying(5)"));
    }

    @Test
    void refusesANullForAColumnThatIsNotNull() throws Exception {
        warehouse
                .s3()
                .put("bad/null.parquet", ParquetFiles.of(Text.class, List.of(new Text("a", null))));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), body VARCHAR(5) NOT NULL)",
                                copy("bad/null.parquet")))
                .hasMessageContaining("NOT NULL")
                .hasMessageContaining("body");
    }

    @Test
    void refusesANumberOutsideItsColumn() throws Exception {
        warehouse
                .s3()
                .put(
                        "bad/overflow.parquet",
                        ParquetFiles.of(Amount.class, List.of(new Amount("a", 40_000))));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), amount SMALLINT)",
                                copy("bad/overflow.parquet")))
                .hasMessageContaining("overflow")
                .hasMessageContaining("amount");
    }

    @Test
    void refusesNanosecondTimestamps() throws Exception {
        Timed row = new Timed("a", LocalDateTime.parse("2026-11-21T12:00:00"));
        warehouse
                .s3()
                .put(
                        "bad/nanos.parquet",
                        ParquetFiles.of(Timed.class, List.of(row), TimeUnit.NANOS));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), at TIMESTAMP)",
                                copy("bad/nanos.parquet")))
                .hasMessageContaining("nanoseconds");
    }

    @Test
    void refusesATargetWithTimeZone() throws Exception {
        Timed row = new Timed("a", LocalDateTime.parse("2026-11-21T12:00:00"));
        warehouse.s3().put("bad/zone.parquet", ParquetFiles.of(Timed.class, List.of(row)));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), at TIMESTAMPTZ)",
                                copy("bad/zone.parquet")))
                .hasMessageContaining("incompatible Parquet schema")
                .hasMessageContaining("TIMESTAMPTZ");
    }

    @Test
    void refusesTextForANumber() throws Exception {
        warehouse
                .s3()
                .put("bad/type.parquet", ParquetFiles.of(Text.class, List.of(new Text("a", "1"))));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), body BIGINT)",
                                copy("bad/type.parquet")))
                .hasMessageContaining("incompatible Parquet schema");
    }

    @Test
    void refusesNestedColumns() throws Exception {
        warehouse
                .s3()
                .put(
                        "bad/nested.parquet",
                        ParquetFiles.of(Nested.class, List.of(new Nested("a", List.of("b")))));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), tags VARCHAR(99))",
                                copy("bad/nested.parquet")))
                .hasMessageContaining("nested column");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"url":"s3://stage/manifest/x.parquet"}|lacks meta.content_length
            {"url":"s3://stage/manifest/x.parquet","meta":{"content_length":1}}|meta.content_length is 1
            {"url":"s3://stage/manifest/gone","mandatory":true,"meta":{"content_length":1}}|mandatory
            {"url":"s3://stage/manifest/gone","mandatory":false,"meta":{"content_length":1}}|does not exist
            {"href":"x"}|url
            """)
    void refusesABadManifestEntry(String entry, String reason) throws Exception {
        warehouse
                .s3()
                .put(
                        "manifest/x.parquet",
                        ParquetFiles.of(Text.class, List.of(new Text("a", "b"))));
        warehouse
                .s3()
                .put(
                        "manifest/m.json",
                        ("{\"entries\":[" + entry + "]}").getBytes(StandardCharsets.UTF_8));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8), body VARCHAR(8))",
                                copy("manifest/m.json") + " MANIFEST"))
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAManifestThatIsNotJson() throws Exception {
        warehouse.s3().put("manifest/broken.json", "{".getBytes(StandardCharsets.UTF_8));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(8))",
                                copy("manifest/broken.json") + " MANIFEST"))
                .hasMessageContaining("manifest is not valid JSON");
    }

    @ParameterizedTest
    @CsvSource({"MAXERROR 5", "ACCEPTANYDATE", "TRUNCATECOLUMNS", "GZIP", "REGION 'eu-west-1'"})
    void refusesOptionsThatColumnarCopyHasNot(String option) throws Exception {
        Throwable failure =
                failing("CREATE TEMP TABLE target (id VARCHAR(8))", copy("bad/x") + " " + option);
        assertThat(sqlState(failure)).isEqualTo("0A000");
        assertThat(failure)
                .hasMessageContaining("argument is not supported for PARQUET based COPY");
    }

    @Test
    void keepsEveryCharacterOfText() throws Exception {
        List<Text> rows =
                List.of(
                        new Text("tab", "a\tb"),
                        new Text("newline", "a\nb\r\nc"),
                        new Text("backslash", "C:\\new\\table\\.\\N"),
                        new Text("null-like", "\\N"),
                        new Text("empty", ""),
                        new Text("quotes", "it's \"quoted\" $$ ; --"),
                        new Text("unicode", "żółć 日本語 👩‍👩‍👧 \u0001\u0007\u000b"),
                        new Text("null", null));
        warehouse.s3().put("text/rows.parquet", ParquetFiles.of(Text.class, rows));
        execute(connection, "CREATE TEMP TABLE target (id VARCHAR(20), body VARCHAR(MAX))");
        execute(connection, copy("text/"));
        assertThat(rows(connection, "SELECT id, body FROM target"))
                .containsExactlyElementsOf(
                        rows.stream().map(row -> Arrays.asList(row.id(), row.body())).toList());
    }

    @Test
    void writesAParquetStringToSuperAsAString() throws Exception {
        warehouse
                .s3()
                .put(
                        "text/price.parquet",
                        ParquetFiles.of(Text.class, List.of(new Text("a", "{\"b\":\"\\\"\"}"))));
        execute(connection, "CREATE TEMP TABLE target (id VARCHAR(20), body SUPER)");
        execute(connection, copy("text/price.parquet"));
        assertThat(rows(connection, "SELECT json_typeof(body), body::varchar FROM target"))
                .containsExactly(List.of("string", "{\"b\":\"\\\"\"}"));
    }

    @Test
    void loadsGzippedJsonByName() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(
                    """
                    {"body":"x\\ty","id":"1","other":true,"raw":{"a":[1]}}
                    {"id":2,"raw":"s"}
                    """
                            .getBytes(StandardCharsets.UTF_8));
        }
        warehouse.s3().put("json/rows.json.gz", bytes.toByteArray());
        execute(
                connection,
                "CREATE TEMP TABLE target (id VARCHAR(20), body VARCHAR(20), raw SUPER)");
        execute(
                connection,
                "COPY target FROM 's3://stage/json/' IAM_ROLE DEFAULT FORMAT AS JSON 'auto' GZIP");
        assertThat(rows(connection, "SELECT id, body, raw FROM target ORDER BY id"))
                .containsExactly(
                        List.of("1", "x\ty", "{\"a\": [1]}"), Arrays.asList("2", null, "\"s\""));
    }

    @Test
    void refusesBrokenJson() throws Exception {
        warehouse
                .s3()
                .put("json-bad/rows.json", "{\"id\":1}\n{\"id\":".getBytes(StandardCharsets.UTF_8));
        assertThat(
                        failing(
                                "CREATE TEMP TABLE target (id VARCHAR(20))",
                                "COPY target FROM 's3://stage/json-bad/' IAM_ROLE DEFAULT FORMAT JSON 'auto'"))
                .hasMessageContaining("Invalid JSON after row 1");
    }
}
