package dev.sluice.local.redshift.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

final class TranslationTest {

    private static final Map<String, Relation> CATALOG =
            Map.of(
                    "\"ev\"",
                    new Relation(
                            'r',
                            List.of(
                                    new Column("id", Column.INT8, -1),
                                    new Column("properties", Column.SUPER, -1))),
                    "\"plain\"",
                    new Relation('r', List.of(new Column("properties", Column.VARCHAR, 104))),
                    "\"seen\"",
                    new Relation('v', List.of(new Column("id", Column.INT8, -1))));

    private static String translated(String sql) {
        return translated(sql, false);
    }

    private static String translated(String sql, boolean caseSensitive) {
        Script script = Script.parse(sql, caseSensitive);
        return SqlTranslator.translate(
                        script, new SessionView(CATALOG, 42, Set.of(1), caseSensitive))
                .stream()
                .map(TranslatedStatement::sql)
                .collect(Collectors.joining(";"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'it''s DISTKEY(x)', \"sysdate\" FROM t",
                "SELECT 'a\\'b; SORTKEY(x)' FROM t",
                "/* NVL( /* nested */ SYSDATE */ SELECT 1 -- ENCODE zstd",
                "CREATE PROCEDURE p() AS $body$ BEGIN x := SYSDATE; RETURN; END $body$ LANGUAGE plpgsql",
                "SELECT t.sysdate, $1, 1.5e-3, a||b, x::int FROM t",
                "SET search_path TO 'shop'",
                "SELECT set_config('search_path', $1, false)"
            })
    void leavesWhatItNeedNotTouch(String sql) {
        String commentless = sql.replace(" -- ENCODE zstd", "");
        assertThat(translated(sql)).isEqualTo(commentless);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT NVL(a, 1)                                | SELECT COALESCE(a, 1)
            SELECT DATEADD(day, 1, x)                       | SELECT DATEADD('day', 1, x)
            SELECT DATEDIFF('hour', x, y)                   | SELECT DATEDIFF('hour', x, y)
            SELECT pg_last_copy_count()                     | SELECT 42::bigint
            SELECT APPROXIMATE COUNT(DISTINCT x)            | SELECT COUNT(DISTINCT x)
            SELECT * FROM #stg                              | SELECT * FROM "#stg"
            SELECT * FROM "MyTable"                         | SELECT * FROM "mytable"
            SET query_group TO 'x'                          | SET redshift.query_group TO 'x'
            VACUUM ev                                       | SET redshift.done TO 'nothing'
            CREATE TABLE t (a INT ENCODE az64 DISTKEY)      | CREATE TABLE t( a INT)
            CREATE TABLE t (a SUPER, b VARCHAR(MAX))        | CREATE TABLE t( a jsonb, b varchar(65535))
            CREATE TABLE t (a TEXT, b VARCHAR, c DECIMAL)   | CREATE TABLE t( a varchar(256), b varchar(256), c DECIMAL (18,0))
            CREATE TABLE t (a VARBYTE(10))                  | CREATE TABLE t( a bytea)
            CREATE TABLE t (a INT PRIMARY KEY, UNIQUE (a))  | CREATE TABLE t( a INT NOT NULL, CHECK (true))
            CREATE TABLE t (a INT, CONSTRAINT k PRIMARY KEY (a)) | CREATE TABLE t( a INT, NOT NULL a)
            CREATE TABLE t (a INT REFERENCES o (id) NOT NULL) | CREATE TABLE t( a INT NOT NULL)
            CREATE TABLE t DISTSTYLE ALL AS SELECT 1 AS a   | CREATE TABLE t AS SELECT 1 AS a
            CREATE TABLE #t (a INT)                         | CREATE TEMP TABLE "#t"( a INT)
            ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY (a)  | ALTER TABLE t ADD NOT NULL a
            ALTER TABLE t ALTER DISTKEY a                   | SET redshift.done TO 'nothing'
            """)
    void translates(String redshift, String postgres) {
        assertThat(translated(redshift).replaceAll("\\s+", " ").replace("( ", "("))
                .isEqualTo(postgres.replace("( ", "("));
    }

    @Test
    void marksTheSortKey() {
        assertThat(translated("CREATE TABLE t (a INT, b INT) SORTKEY(b, a)"))
                .endsWith("CONSTRAINT redshift_sortkey CHECK (num_nulls(\"b\", \"a\") >= 0))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT e.properties.a.B FROM ev e              | SELECT (e.properties)['a']['b'] AS "b" FROM ev e
            SELECT properties.list[0].x::int FROM ev       | SELECT (properties)['list'][0]['x']::int FROM ev
            SELECT 1 FROM ev WHERE properties.a = 'x'      | SELECT 1 FROM ev WHERE (properties)['a']::varchar = 'x'
            SELECT 1 FROM ev WHERE 'x' = ev.properties.a   | SELECT 1 FROM ev WHERE 'x' = (ev.properties)['a']::varchar
            SELECT 1 FROM ev WHERE properties.a LIKE 'x%'  | SELECT 1 FROM ev WHERE (properties)['a']::varchar LIKE 'x%'
            SELECT 1 FROM ev WHERE properties.a IN ('x')   | SELECT 1 FROM ev WHERE (properties)['a']::varchar IN ('x')
            SELECT 1 FROM ev WHERE properties.n > $1       | SELECT 1 FROM ev WHERE (properties)['n'] > $1
            SELECT 1 FROM ev WHERE properties.n > $2       | SELECT 1 FROM ev WHERE (properties)['n']::varchar > $2
            SELECT 1 FROM ev WHERE properties.n > 3        | SELECT 1 FROM ev WHERE (properties)['n'] > 3
            SELECT p.properties FROM plain p, ev e         | SELECT p.properties FROM plain p, ev e
            SELECT max(e.properties.n::int) FROM ev AS e   | SELECT max((e.properties)['n']::int) FROM ev AS e
            """)
    void navigatesSuperColumns(String redshift, String postgres) {
        assertThat(translated(redshift)).isEqualTo(postgres);
    }

    @Test
    void keepsTheCaseOfQuotedFieldsWhenToldTo() {
        assertThat(translated("SELECT 1 FROM ev WHERE properties.\"userId\" = 1", true))
                .contains("['userId']");
        assertThat(translated("SELECT 1 FROM ev WHERE properties.\"userId\" = 1", false))
                .contains("['userid']");
    }

    @Test
    void refusesAmbiguousNavigation() {
        assertThatThrownBy(() -> translated("SELECT properties.a FROM ev, plain"))
                .isInstanceOf(RefusedStatement.class)
                .hasMessageContaining("ambiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING",
                "INSERT INTO t VALUES (1) RETURNING id",
                "SELECT properties->'a' FROM ev",
                "SELECT properties->>'a' FROM ev",
                "SELECT 1 FROM ev WHERE properties @> '{}'",
                "SELECT * FROM t, LATERAL (SELECT 1) x",
                "SELECT * FROM t FOR UPDATE",
                "SELECT DISTINCT ON (a) a FROM t",
                "SELECT count(*) FILTER (WHERE a) FROM t",
                "SELECT ARRAY[1, 2]",
                "SELECT 'x'::uuid",
                "SELECT string_agg(a, ',') FROM t",
                "SELECT a FROM t QUALIFY row_number() OVER (PARTITION BY a ORDER BY b) = 1",
                "CREATE INDEX i ON t (a)",
                "CREATE UNIQUE INDEX i ON t (a)",
                "CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION f()",
                "CREATE SEQUENCE s",
                "CREATE TYPE e AS ENUM ('a')",
                "CREATE EXTENSION pgcrypto",
                "CREATE TABLE t (a SERIAL)",
                "CREATE TABLE t (a UUID)",
                "CREATE TABLE t (a JSONB)",
                "CREATE TABLE t (a BYTEA)",
                "CREATE TABLE t (a INT[])",
                "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED)",
                "CREATE TABLE t (a INT CHECK (a > 0))",
                "CREATE TABLE t (a INT) PARTITION BY RANGE (a)",
                "ALTER TABLE t ADD COLUMN a INT, ADD COLUMN b INT",
                "ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT",
                "ALTER TABLE t ALTER COLUMN a TYPE BIGINT",
                "ALTER TABLE t ALTER COLUMN a SET NOT NULL",
                "SAVEPOINT s",
                "DO $$ BEGIN END $$",
                "UNLOAD ('SELECT 1') TO 's3://b/k' IAM_ROLE DEFAULT",
                "MERGE INTO ev AS x USING s ON x.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO ev USING (SELECT 1 AS id) s ON ev.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO ev USING seen ON ev.id = seen.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO ev USING s ON ev.id = s.id WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO ev USING s ON ev.id = s.id WHEN MATCHED AND s.x THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (1)",
                "MERGE INTO ev USING s ON ev.id = s.id REMOVE DUPLICATES",
                "COPY t FROM 's3://b/k' IAM_ROLE DEFAULT CSV",
                "COPY t FROM 's3://b/k' IAM_ROLE DEFAULT FORMAT PARQUET MAXERROR 3",
                "COPY t FROM 's3://b/k' IAM_ROLE DEFAULT FORMAT JSON 'auto' TRUNCATECOLUMNS",
                "COPY t FROM STDIN"
            })
    void refuses(String sql) {
        assertThatThrownBy(() -> translated(sql))
                .isInstanceOfSatisfying(
                        RefusedStatement.class,
                        e -> assertThat(e.sqlState()).isEqualTo(RefusedStatement.NOT_SUPPORTED))
                .hasMessageContaining("not supported");
    }

    @Test
    void refusesCopyWithoutAuthorisation() {
        assertThatThrownBy(() -> translated("COPY t FROM 's3://b/k' FORMAT PARQUET"))
                .hasMessageContaining("IAM_ROLE");
    }

    @Test
    void refusesVarcharBeyondItsLimit() {
        assertThatThrownBy(() -> translated("CREATE TABLE t (a VARCHAR(65536))"))
                .hasMessageContaining("65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SELECT 'open", "SELECT \"open", "SELECT $$open", "CREATE TABLE t (a INT"})
    void refusesWhatDoesNotEnd(String sql) {
        assertThatThrownBy(() -> translated(sql))
                .isInstanceOfSatisfying(
                        RefusedStatement.class, e -> assertThat(e.sqlState()).isEqualTo("42601"));
    }

    @Test
    void splitsAtSemicolonsOutsideLiterals() {
        assertThat(Script.parse("SELECT ';' ; ; SELECT $$;$$ -- ;\n; SELECT \";\"", false).size())
                .isEqualTo(3);
    }

    @Test
    void parsesCopy() {
        Script script =
                Script.parse(
                        "COPY shop.ev (id, \"Name\") FROM 's3://bucket/a/b' CREDENTIALS 'aws_iam_role=x' MANIFEST FORMAT AS PARQUET"
                                + " STATUPDATE OFF",
                        false);
        TranslatedStatement copy =
                SqlTranslator.translate(script, new SessionView(Map.of(), 0, Set.of(), false))
                        .getFirst();
        assertThat(copy.sql()).isEqualTo("COPY shop.ev (\"id\", \"name\") FROM STDIN");
        assertThat(copy.copy())
                .contains(
                        new CopyCommand(
                                "shop.ev",
                                List.of("id", "name"),
                                "bucket",
                                "a/b",
                                true,
                                CopyCommand.Format.PARQUET,
                                false));
    }
}
