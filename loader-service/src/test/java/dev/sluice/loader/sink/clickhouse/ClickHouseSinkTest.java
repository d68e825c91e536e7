package dev.sluice.loader.sink.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkFixtures;
import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.HttpStub;
import dev.sluice.loader.sink.http.HttpStub.Reply;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Statements and errors of ClickHouse, one by one.
class ClickHouseSinkTest {

    private static final FileLayout LAYOUT = FileLayout.of(EventsTable.bundled());
    private static final ClickHouseTable TABLE = new ClickHouseTable("db", "events");
    private static final Reply OK = new Reply(200, "");

    private final HttpStub stub = new HttpStub(_ -> OK);
    private final SinkEndpoint endpoint =
            new SinkEndpoint(stub.uri(), Authorization.none(), Duration.ofSeconds(10), null);
    private final ClickHouseSink sink = new ClickHouseSink(endpoint, TABLE);

    @AfterEach
    void close() {
        endpoint.close();
        stub.close();
    }

    @Test
    void theTableHasTheColumnsOfTheWarehouse() {
        assertThat(TABLE.create(LAYOUT))
                .startsWith(
                        "CREATE TABLE IF NOT EXISTS `db`.`events` (`event_date` Date,"
                                + " `event_id` String, `tenant_id` String, `source_id` String,"
                                + " `received_ts` DateTime64(6, 'UTC'), `ip` Nullable(String),")
                .contains("`order_total` Nullable(Decimal(18, 4))")
                .endsWith(
                        " `_version` UInt64) ENGINE = ReplacingMergeTree(`_version`) PARTITION BY"
                                + " toYYYYMM(`event_date`) ORDER BY (tenant_id, `event_date`, event_id)"
                                + " SETTINGS non_replicated_deduplication_window = 1000");
    }

    @Test
    void theSameRowsOfAWindowHaveTheSameTokenAndOthersAnother() {
        answer(OK);

        write("w1", "e1", "e2");
        write("w1", "e1", "e2");
        write("w1", "e1");
        write("w2", "e1", "e2");

        List<String> tokens =
                stub.requests.stream()
                        .map(HttpStub.Request::target)
                        .filter(target -> target.contains("INSERT"))
                        .map(target -> setting(target, "insert_deduplication_token"))
                        .toList();
        assertThat(tokens).hasSize(4).allMatch(token -> token.matches("w[12]-[0-9a-f]{64}"));
        assertThat(tokens.get(1)).isEqualTo(tokens.get(0));
        assertThat(tokens.subList(1, 4)).doesNotHaveDuplicates();
    }

    @Test
    void columnsThatContractsBroughtAreAdded() {
        stub.answer(request -> request.text().startsWith("SELECT") ? columns("coupon") : OK);

        write("w", "e1");

        assertThat(
                        stub.requests.stream()
                                .map(HttpStub.Request::text)
                                .filter(t -> t.startsWith("ALTER")))
                .containsExactly(
                        "ALTER TABLE `db`.`events` ADD COLUMN IF NOT EXISTS `coupon` Nullable(String)");
    }

    @Test
    void aColumnOfAnotherTypeIsNotWrittenTo() {
        stub.answer(
                request ->
                        request.text().startsWith("SELECT")
                                ? new Reply(200, columns("").body().replace("Int32", "Int64"))
                                : OK);

        assertThatThrownBy(() -> write("w", "e1"))
                .isInstanceOf(SetupFailure.class)
                .hasMessageEndingWith("is Nullable(Int64), but Nullable(Int32) is needed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Code: 241, e.displayText() = DB::Exception: Memory limit, e.what() = DB::Exception",
                "Code: 252. DB::Exception: Too many parts. (TOO_MANY_PARTS)",
                ""
            })
    void someErrorsPass(String body) {
        answer(new Reply(500, body));

        assertThatThrownBy(() -> write("w", "e1")).isInstanceOf(TransientFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Code: 60. DB::Exception: Table db.events does not exist. (UNKNOWN_TABLE)",
                "Code: 516. DB::Exception: default: Authentication failed"
            })
    void othersNeedSomebody(String body) {
        answer(new Reply(500, body));

        assertThatThrownBy(() -> write("w", "e1"))
                .isInstanceOf(SetupFailure.class)
                .hasMessageMatching("POST http://localhost:\\d+/ answered error (60|516)");
    }

    @Test
    void anErrorOfARowIsToBeDivided() {
        answer(
                new Reply(
                        400,
                        Map.of("X-ClickHouse-Exception-Code", "117"),
                        "Code: 117. DB::Exception: hush"));

        assertThat(write("w", "e1"))
                .isEqualTo(new SinkAnswer.Unsorted("the insert is refused with error 117"));
    }

    @Test
    void looksAtTheTableAgainAfterAFailure() {
        answer(new Reply(500, "Code: 60. DB::Exception: gone"));
        assertThatThrownBy(() -> write("w", "e1")).isInstanceOf(SetupFailure.class);
        stub.requests.clear();
        answer(OK);

        write("w", "e1");

        assertThat(stub.requests.getFirst().text()).startsWith("CREATE TABLE");
    }

    /// @param insert what inserts are answered
    private void answer(Reply insert) {
        stub.answer(
                request -> {
                    if (request.target().contains("INSERT")) {
                        return insert;
                    }
                    return request.text().startsWith("SELECT") ? columns("") : OK;
                });
    }

    /// The table's columns as ClickHouse lists them, but one.
    private static Reply columns(String without) {
        return new Reply(
                200,
                ClickHouseTable.columns(LAYOUT).stream()
                        .filter(column -> !column.name().equals(without))
                        .map(column -> column.name() + "\t" + column.sql())
                        .collect(Collectors.joining("\n")));
    }

    private static String setting(String target, String name) {
        return Arrays.stream(target.substring(target.indexOf('?') + 1).split("&"))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> URLDecoder.decode(pair.split("=", 2)[1], StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    private SinkAnswer write(String window, String... eventIds) {
        return sink.write(window, Arrays.stream(eventIds).map(SinkFixtures::pageView).toList());
    }
}
