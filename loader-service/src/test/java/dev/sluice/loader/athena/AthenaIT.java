package dev.sluice.loader.athena;

import static dev.sluice.loader.lake.LakeRows.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.compact.CompactLimits;
import dev.sluice.loader.compact.CompactPipeline;
import dev.sluice.loader.compact.Compaction;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListFeed;
import dev.sluice.loader.lake.RedshiftLoadedFiles;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.warehouse.LoadOutcome;
import dev.sluice.loader.warehouse.LocalWarehouse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The questions of the business, on data whose truth is known: the lake's answers are right,
/// before and after compaction, and those of the warehouse.
class AthenaIT {

    private static final String DAY = "2026-11-21";
    private static final Instant AFTER = Instant.parse("2026-11-21T10:30:00Z");

    /// Of the lake, on the day; lines as the queries order them.
    private static final Map<Question, List<String>> TRUTH = new TreeMap<>();

    static {
        TRUTH.put(Question.TOP_PRODUCTS, List.of("acme|p1|4", "acme|p2|3"));
        TRUTH.put(
                Question.FUNNEL_BY_CHANNEL,
                List.of(
                        "acme|direct|1|1|1|0|0",
                        "acme|paid_search|2|2|1|1|1",
                        "acme|unknown|3|0|0|0|0"));
        TRUTH.put(
                Question.THUMBS_DOWN_BY_INTENT,
                List.of("acme|order_status|2|1|0.5", "acme|returns|1|1|1", "acme|unknown|1|0|0"));
        TRUTH.put(Question.LATENCY_BY_MODEL, List.of("acme|model-a|20|1900", "acme|model-b|1|300"));
        TRUTH.put(Question.GUARDRAIL_BLOCKS_BY_RULE, List.of("acme|r1|3|2", "acme|r2|1|0"));
        TRUTH.put(
                Question.TOKENS_BY_FLOW,
                List.of("acme|advice|USD|20|200|400|0.02", "acme|unknown|USD|1|7|9|0.5"));
        TRUTH.put(
                Question.ACTIVE_PEOPLE_BY_SECTION,
                List.of("acme|help|1", "acme|shop|2", "acme|unknown|1"));
        TRUTH.put(Question.NEGATIVE_ESCALATED_SESSIONS, List.of("acme|c1|2026-11-21 10:01|2"));
    }

    private static LocalWarehouse warehouse;
    private static FileLists lists;
    private static CompactPipeline compaction;
    private static AthenaStandIn athena;

    @BeforeAll
    static void load(@TempDir Path folder) throws Exception {
        warehouse = new LocalWarehouse(folder);
        lists = new FileLists(warehouse.objects, warehouse.objects);
        compaction =
                new CompactPipeline(
                        lists,
                        warehouse.objects,
                        CompactLimits.of(1 << 30, 1 << 20, folder),
                        InstantSource.system());
        List<LoadFile> files = new ArrayList<>();
        files.add(publish("10/clicks", clicks()));
        files.add(publish("10/chat", chat()));
        files.add(publish("10/copies", copies()));
        files.add(publish("09/yesterday", yesterday()));
        for (int i = 0; i < files.size(); i++) {
            assertThat(warehouse.warehouse.load(warehouse.batch("b" + i, 1, files.get(i))))
                    .isInstanceOf(LoadOutcome.Loaded.class);
        }
        feed();
        athena = new AthenaStandIn(warehouse.objects, folder.resolve("athena"));
    }

    @AfterAll
    static void stop() throws SQLException {
        warehouse.close();
        athena.close();
    }

    @Test
    void answersAreTrueBeforeAndAfterCompactionAndThoseOfTheWarehouse() throws Exception {
        assertThat(athena.files("")).hasSize(4);
        assertThat(answers()).isEqualTo(TRUTH);

        for (String hour : List.of("2026-11-20T09:00:00Z", "2026-11-21T10:00:00Z")) {
            assertThat(compaction.compact(new LakeHour(Instant.parse(hour)), _ -> {}))
                    .isInstanceOf(Compaction.Done.class);
        }
        athena.look();
        assertThat(athena.files("")).hasSize(2);
        assertThat(answers()).isEqualTo(TRUTH);
        assertThat(athena.query("SELECT COUNT(*) FROM events_files"))
                .isEqualTo(athena.query("SELECT COUNT(*) FROM events"));

        Map<Question, List<String>> expected = new TreeMap<>(TRUTH);
        expected.remove(Question.TOP_PRODUCTS);
        assertThat(warehouseAnswers()).isEqualTo(expected);
    }

    @Test
    void viewsHaveTheColumnsOfTheWarehouseAndTheHour() throws Exception {
        for (String view : List.of("clickstream_events", "chatbot_events")) {
            List<String> columns =
                    new ArrayList<>(
                            warehouse
                                    .query(
                                            "SELECT column_name FROM information_schema.columns WHERE table_name = '"
                                                    + view
                                                    + "' ORDER BY ordinal_position")
                                    .lines()
                                    .toList());
            columns.addAll(List.of("dt", "hour"));
            assertThat(athena.query("SELECT column_name FROM (DESCRIBE " + view + ")"))
                    .isEqualTo(columns);
        }
    }

    @Test
    void aFileIsSeenOnceItIsLoaded() throws Exception {
        LakeHour hour = new LakeHour(Instant.parse("2026-12-01T00:00:00Z"));
        String key = "curated/events/" + hour.path() + "/late.parquet";
        Row row = row("late", "ann", 0, "event_ts", hour.start(), "received_ts", hour.start());
        LoadFile file = warehouse.publish(key, LakeRows.LAYOUT, row);
        feed();
        assertThat(lists.seenByAthena(hour)).isEmpty();

        warehouse.warehouse.load(warehouse.batch("late", 1, file));
        feed();
        assertThat(lists.seenByAthena(hour)).containsExactly(key);
    }

    private static Map<Question, List<String>> answers() throws SQLException {
        Map<Question, List<String>> answers = new TreeMap<>();
        for (Question question : Question.values()) {
            answers.put(question, athena.ask(question.sql(), DAY, DAY));
        }
        return answers;
    }

    /// The same queries, but that the warehouse has no partitions. It reads JSON in another way, so
    /// one question is put to the lake only.
    private static Map<Question, List<String>> warehouseAnswers() throws SQLException {
        Map<Question, List<String>> answers = new TreeMap<>();
        try (Connection connection = warehouse.dataSource.getConnection()) {
            for (Question question : Question.values()) {
                String sql =
                        question.sql()
                                .replace(
                                        "dt BETWEEN ? AND ?",
                                        "CAST(event_ts AS DATE) BETWEEN CAST(? AS DATE) AND CAST(? AS DATE)");
                if (question != Question.TOP_PRODUCTS) {
                    answers.put(question, AthenaStandIn.ask(connection, sql, DAY, DAY));
                }
            }
        }
        return answers;
    }

    private static void feed() {
        new ListFeed(new RedshiftLoadedFiles(warehouse.dataSource), lists, warehouse.objects)
                .turn();
    }

    private static LoadFile publish(String name, List<Row> rows) {
        String day = name.startsWith("09") ? "2026-11-20" : DAY;
        String key = "curated/events/dt=%s/hour=%s.parquet".formatted(day, name);
        return warehouse.publish(key, LakeRows.LAYOUT, rows.toArray(Row[]::new));
    }

    private static List<Row> clicks() {
        List<Row> rows = new ArrayList<>();
        rows.add(inSession("s1", "v1", "product_view", "paid_search", "product_id", "p1"));
        rows.add(inSession("s1", "v2", "product_view", "paid_search", "product_id", "p2"));
        rows.add(inSession("s1", "v3", "add_to_cart", "paid_search"));
        rows.add(inSession("s1", "v4", "checkout_started", "paid_search"));
        rows.add(inSession("s1", "v5", "purchase", "paid_search", "order_total", "9.5"));
        rows.add(inSession("s2", "v6", "product_view", "paid_search", "product_id", "p1"));
        rows.add(inSession("s3", "v7", "product_view", "direct", "product_id", "p1"));
        rows.add(inSession("s3", "v8", "add_to_cart", "direct"));
        rows.add(row("g1", "ann", 1, "page_section", "shop"));
        rows.add(row("g2", "ann", 2, "page_section", "shop"));
        rows.add(row("g3", "ben", 3, "page_section", "shop"));
        rows.add(row("g4", "ann", 4, "page_section", "help"));
        rows.add(row("g5", "zoe", 5));
        return rows;
    }

    private static List<Row> chat() {
        List<Row> rows = new ArrayList<>();
        String both =
                "[{\"product_id\":\"p2\",\"name\":\"a \\\"product_id\\\": 1\"},{\"product_id\": \"p1\"}]";
        rows.add(chat("k1", "product_shown", "products_shown", both));
        rows.add(chat("k2", "product_shown", "products_shown", "[{\"product_id\":\"p2\"}]"));
        rows.add(chat("f1", "feedback_given", "intent", "order_status", "feedback", "up"));
        rows.add(chat("f2", "feedback_given", "intent", "order_status", "feedback", "down"));
        rows.add(chat("f3", "feedback_given", "intent", "returns", "feedback", "down"));
        rows.add(chat("f4", "feedback_given", "feedback", "up"));
        for (int i = 1; i <= 20; i++) {
            rows.add(response("m" + i, "model-a", i * 100, 10, 20, "0.001", "chat_flow", "advice"));
        }
        rows.add(response("n1", "model-b", 300, 7, 9, "0.5"));
        for (String action : List.of("blocked", "flagged", "blocked")) {
            rows.add(guardrail("r1", action, rows.size()));
        }
        rows.add(guardrail("r2", "redacted", rows.size()));
        rows.add(chat("c1", "message_sent", "session_id", "c1", "sentiment", "negative"));
        rows.add(chat("c2", "escalation_triggered", "session_id", "c1"));
        rows.add(chat("c3", "message_sent", "session_id", "c2", "sentiment", "negative"));
        rows.add(chat("c4", "escalation_triggered", "session_id", "c3"));
        return rows;
    }

    /// The same event sent again, and replays: what was told before better, in the lake a second
    // row.
    private static List<Row> copies() {
        List<Row> rows = new ArrayList<>();
        rows.add(
                inSession(
                        "s1",
                        "v1",
                        "product_view",
                        "paid_search",
                        "product_id",
                        "p9",
                        "received_ts",
                        AFTER));
        rows.add(chat("f2", "feedback_given", "intent", "order_status", "feedback", "down"));
        rows.add(row("g5", "zoe", 5, "enriched_ts", AFTER, "geo_country", "DE"));
        rows.add(response("n1", "model-b", 300, 7, 9, "0.5"));
        return rows;
    }

    private static List<Row> yesterday() {
        Instant before = Instant.parse("2026-11-20T09:00:00Z");
        return List.of(
                row("y1", "ann", 0, "event_ts", before, "page_section", "jobs"),
                row(
                        "y2",
                        "ann",
                        0,
                        "event_ts",
                        before.plus(Duration.ofMinutes(1)),
                        "event_type",
                        "product_view",
                        "product_id",
                        "p3"));
    }

    private static Row inSession(
            String session, String id, String type, String channel, Object... more) {
        List<Object> values =
                new ArrayList<>(
                        List.of(
                                "event_type",
                                type,
                                "session_id",
                                session,
                                "traffic_channel",
                                channel));
        values.addAll(List.of(more));
        return row(id, "ann", 1, values.toArray());
    }

    private static Row chat(String id, String type, Object... more) {
        List<Object> values = new ArrayList<>(List.of("event_type", type));
        values.addAll(List.of(more));
        return row(id, "ben", 1, values.toArray());
    }

    private static Row response(
            String id, String model, int latency, int in, int out, String cost, Object... more) {
        List<Object> values =
                new ArrayList<>(
                        List.of(
                                "model_id",
                                model,
                                "latency_ms",
                                latency,
                                "input_tokens",
                                in,
                                "output_tokens",
                                out,
                                "token_cost",
                                cost,
                                "currency",
                                "USD"));
        values.addAll(List.of(more));
        return chat(id, "response_generated", values.toArray());
    }

    private static Row guardrail(String rule, String action, int id) {
        return chat(
                "gr" + id,
                "guardrail_fired",
                "guardrail_rule_id",
                rule,
                "guardrail_action",
                action);
    }
}
