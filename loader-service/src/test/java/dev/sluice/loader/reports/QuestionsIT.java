package dev.sluice.loader.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.warehouse.LocalWarehouse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;

/// The answers to the business's questions, where the truth is known: live, and once the days are
/// closed and their events gone.
class QuestionsIT {

    /// A Saturday.
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    private static final LocalDate NEXT_MONTH = LocalDate.parse("2026-12-01");

    @TempDir static Path folder;

    static LocalWarehouse local;

    private KnownEvents known;
    private ReportTables tables;

    @BeforeAll
    static void start() {
        local = new LocalWarehouse(folder);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        local.empty();
        known = new KnownEvents(local);
        tables = new ReportTables(local.dataSource);
    }

    @Test
    void theTopProductsAreThoseShownOrViewedYesterday() throws SQLException {
        known.add("2026-11-20 00:00:00", "product_view", "product_id", "'boot'");
        known.add("2026-11-20 23:59:59", "product_view", "product_id", "'boot'");
        known.add("2026-11-20 12:00:00", "product_view", "product_id", "'sock'");
        known.add("2026-11-20 12:00:00", "product_shown", "products_shown", shown("sock", "hat"));
        known.add("2026-11-20 12:00:01", "product_shown", "products_shown", shown("sock"));
        known.add("2026-11-19 12:00:00", "product_view", "product_id", "'tent'");
        known.add("2026-11-21 12:00:00", "product_view", "product_id", "'tent'");
        known.add("2026-11-20 12:00:00", "add_to_cart", "product_id", "'tent'");
        known.add("2026-11-20 12:00:00", "product_view", "product_id", "'tent'", "is_bot", "TRUE");

        assertAnswer(Question.TOP_PRODUCTS, "sock|3|1|2\nboot|2|2|0\nhat|1|0|1");
    }

    @Test
    void theFunnelCountsSessionsByTheChannelThroughWhichTheyCame() throws SQLException {
        session("s1", "search", "page_view", "product_view", "add_to_cart", "purchase");
        session("s2", "search", "page_view", "product_view", "product_view");
        session("s3", "email", "page_view");
        session("s4", "email", "page_view", "product_view", "add_to_cart", "checkout_started");
        known.add("2026-11-20 10:00:00", "page_view", "session_id", "'s5'");

        assertAnswer(
                Question.FUNNEL,
                "email|2|1|1|1|0|0.00\nsearch|2|2|1|0|1|50.00\nunknown|1|0|0|0|0|0.00");
    }

    @Test
    void theThumbsDownRateIsThatOfThisWeek() throws SQLException {
        feedback("2026-11-15 23:59:59", "refund", "down");
        feedback("2026-11-16 00:00:00", "refund", "down");
        feedback("2026-11-21 08:00:00", "refund", "up");
        feedback("2026-11-21 08:00:00", "refund", "up");
        feedback("2026-11-17 08:00:00", "hello", "up");
        known.add("2026-11-17 08:00:00", "feedback_given", "feedback", "'down'");

        assertAnswer(Question.THUMBS_DOWN, "unknown|1|1|100.00\nrefund|1|3|33.33\nhello|0|1|0.00");
    }

    @Test
    void theLatencyOfAModelIsExactForDaysWhoseEventsAreThere() throws SQLException {
        for (int i = 1; i <= 100; i++) {
            response("2026-11-18 10:00:00", "large", 10 * i);
        }
        response("2026-11-18 10:00:00", "small", 7);
        response("2026-11-01 10:00:00", "small", 9_000);

        assertThat(answer(Question.LATENCY)).isEqualTo("large|100|505.0|950.5\nsmall|1|7.0|7.0");
    }

    @Test
    void theLatencyOfMonthsIsRightToATenth() throws SQLException {
        for (int i = 1; i <= 100; i++) {
            response("2026-11-18 10:00:00", "large", 10 * i);
        }
        refresh();
        String live = answer(Question.LATENCY_HISTORY);

        assertThat(live).startsWith("2026-11-01|large|100|");
        assertThat(Integer.parseInt(live.substring(live.lastIndexOf('|') + 1)))
                .isBetween(950, 1045);
        tables.close(NEXT_MONTH);
        known.execute("DELETE FROM events");
        refresh();
        assertThat(answer(Question.LATENCY_HISTORY)).isEqualTo(live);
    }

    @Test
    void guardrailsAreCountedByRule() throws SQLException {
        guardrail("2026-11-20 10:00:00", "pii", "blocked");
        guardrail("2026-11-21 10:00:00", "pii", "redacted");
        guardrail("2026-11-14 00:00:00", "jailbreak", "blocked");
        guardrail("2026-11-14 10:00:00", "jailbreak", "blocked");
        guardrail("2026-11-13 23:59:59", "old", "blocked");

        assertAnswer(Question.GUARDRAILS, "jailbreak|2|2\npii|1|2");
    }

    @Test
    void tokensAndTheirCostAreSummedByFlow() throws SQLException {
        cost("2026-11-20 10:00:00", "'returns'", 100, 50, "0.25");
        cost("2026-11-02 10:00:00", "'returns'", 1, 2, "0.00000001");
        cost("2026-11-20 10:00:00", "NULL", 7, 8, "0.1");

        assertAnswer(
                Question.TOKEN_COST,
                "returns|EUR|2|101|52|0.25000001\nunknown|EUR|1|7|8|0.10000000");
    }

    @Test
    void peopleAreCountedOnceForEachMonthAndSection() throws SQLException {
        person("2026-11-02 10:00:00", "ann", "shop");
        person("2026-11-20 10:00:00", "ann", "shop");
        person("2026-11-20 10:00:00", "ben", "shop");
        person("2026-11-20 10:00:00", "ann", "help");
        person("2026-10-31 23:59:59", "ann", "shop");

        assertAnswer(
                Question.ACTIVE_PEOPLE, "2026-11-01|shop|2\n2026-11-01|help|1\n2026-10-01|shop|1");
    }

    @Test
    void sessionsThatWereNegativeAndEscalatedAreListed() throws SQLException {
        String[] both = {"message_sent", "escalation_triggered"};
        for (String type : both) {
            mood("s1", type, "'negative'");
        }
        mood("s2", "message_sent", "'negative'");
        mood("s3", "escalation_triggered", "'neutral'");
        refresh();

        assertThat(answer(Question.NEGATIVE_ESCALATED)).isEqualTo("2026-11-20|acme|s1|2|1");
    }

    @Test
    void anotherTenantsEventsAreLeftOut() throws SQLException {
        guardrail("2026-11-20 10:00:00", "pii", "blocked");
        known.execute("UPDATE events SET tenant_id = 'o''brien'");
        guardrail("2026-11-20 10:00:00", "jailbreak", "blocked");
        refresh();

        assertThat(local.query(Question.GUARDRAILS.sql(TODAY, "o'brien"))).isEqualTo("pii|1|1");
    }

    @ParameterizedTest
    @EnumSource
    void everyQuestionSaysWhatItAsksAndHasAnAnswerOfNothing(Question question) throws SQLException {
        refresh();

        assertThat(question.meaning()).endsWith(".");
        assertThat(Question.titled(question.title())).contains(question);
        assertThat(answer(question)).isEmpty();
    }

    @Test
    void daysAreClosedOnceAndFiguresGoWhenTheirTimeIsOver() throws SQLException {
        guardrail("2026-11-20 10:00:00", "pii", "blocked");
        assertThat(tables.close(NEXT_MONTH)).isTrue();
        assertThat(tables.close(NEXT_MONTH)).isFalse();
        assertThat(tables.horizon()).isEqualTo(NEXT_MONTH);
        assertThat(answer(Question.GUARDRAILS)).isEqualTo("pii|1|1");

        assertThat(tables.forget(TODAY.minusDays(1))).isZero();
        assertThat(tables.forget(TODAY)).isEqualTo(1);
        assertThat(answer(Question.GUARDRAILS)).isEmpty();
    }

    /// The same live, and from history when the events are gone.
    private void assertAnswer(Question question, String expected) throws SQLException {
        refresh();
        assertThat(answer(question)).isEqualTo(expected);

        tables.close(NEXT_MONTH);
        known.execute("DELETE FROM events");
        known.execute("DELETE FROM sessions");
        assertThat(answer(question)).isEqualTo(expected);
        refresh();
        assertThat(answer(question)).isEqualTo(expected);
    }

    private String answer(Question question) throws SQLException {
        return local.query(question.sql(TODAY, null));
    }

    private void refresh() {
        ReportTables.live().forEach(tables::refresh);
    }

    private void session(String id, String channel, String... types) throws SQLException {
        known.addSession(id, "2026-11-20 10:00:00", channel);
        for (String type : types) {
            known.add("2026-11-20 10:00:00", type, "session_id", "'" + id + "'");
        }
    }

    private void feedback(String at, String intent, String thumb) throws SQLException {
        known.add(
                at, "feedback_given", "intent", "'" + intent + "'", "feedback", "'" + thumb + "'");
    }

    private void response(String at, String model, int millis) throws SQLException {
        known.add(
                at,
                "response_generated",
                "model_id",
                "'" + model + "'",
                "latency_ms",
                String.valueOf(millis));
    }

    private void guardrail(String at, String rule, String action) throws SQLException {
        known.add(
                at,
                "guardrail_fired",
                "guardrail_rule_id",
                "'" + rule + "'",
                "guardrail_action",
                "'" + action + "'");
    }

    private void cost(String at, String flow, int in, int out, String cost) throws SQLException {
        known.add(
                at,
                "response_generated",
                "chat_flow",
                flow,
                "currency",
                "'EUR'",
                "input_tokens",
                String.valueOf(in),
                "output_tokens",
                String.valueOf(out),
                "token_cost",
                cost);
    }

    private void person(String at, String person, String section) throws SQLException {
        known.add(
                at,
                "page_view",
                "person_id",
                "'" + person + "'",
                "page_section",
                "'" + section + "'");
    }

    private void mood(String session, String type, String sentiment) throws SQLException {
        known.add(
                "2026-11-20 10:00:00",
                type,
                "session_id",
                "'" + session + "'",
                "sentiment",
                sentiment);
    }

    private static String shown(String... products) {
        StringBuilder list = new StringBuilder();
        for (String product : products) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{\"product_id\":\"")
                    .append(product)
                    .append("\"}");
        }
        return "JSON_PARSE('[" + list + "]')";
    }
}
