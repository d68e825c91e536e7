package dev.sluice.cli;

import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.load.Delivery;
import dev.sluice.traffic.load.LoadReport;
import dev.sluice.traffic.load.Totals;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a demo prints at its end, and whether it proves what it claims.
final class DemoReport {

    private static final Map<String, String> QUESTIONS = new LinkedHashMap<>();

    static {
        QUESTIONS.put(
                "Which products were viewed most?",
                "SELECT product_name, COUNT(*) AS views FROM clickstream_events WHERE event_type ="
                        + " 'product_view' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5");
        QUESTIONS.put(
                "How far do visitors get, by device?",
                "SELECT device_class, COUNT(DISTINCT session_id) AS visits, COUNT(DISTINCT CASE WHEN"
                        + " event_type = 'add_to_cart' THEN session_id END) AS carts, COUNT(DISTINCT"
                        + " CASE WHEN event_type = 'purchase' THEN session_id END) AS orders, SUM(revenue)"
                        + " AS revenue FROM clickstream_events GROUP BY 1 ORDER BY 2 DESC");
        QUESTIONS.put(
                "Which intents get thumbs down?",
                "SELECT intent, SUM(CASE WHEN feedback = 'down' THEN 1 ELSE 0 END) AS thumbs_down,"
                        + " COUNT(feedback) AS ratings FROM chatbot_events WHERE feedback IS NOT NULL"
                        + " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5");
        QUESTIONS.put(
                "How fast and how dear does each model answer?",
                "SELECT model_id, COUNT(*) AS answers, PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY"
                        + " latency_ms) AS p95_ms, SUM(token_cost) AS cost FROM chatbot_events WHERE"
                        + " event_type = 'response_generated' GROUP BY 1 ORDER BY 2 DESC");
    }

    private final LoadReport report;
    private final Books books;
    private final Books.Counts counts;
    private final PrintWriter out;

    DemoReport(LoadReport report, Books books, Books.Counts counts, PrintWriter out) {
        this.report = report;
        this.books = books;
        this.counts = counts;
        this.out = out;
    }

    /// Prints everything.
    ///
    /// @return whether the books balance and every event is where it belongs, once
    boolean print() throws SQLException {
        boolean balanced = printBooks();
        boolean exact = printProof();
        printLatency();
        for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
            out.println();
            out.println(question.getKey());
            out.println("  " + question.getValue());
            TableFormat.TABLE.write(books.query(question.getValue()), out);
        }
        out.println();
        out.println(
                balanced && exact
                        ? "The books balance: nothing lost, nothing twice."
                        : "THE BOOKS DO NOT BALANCE.");
        return balanced && exact;
    }

    private boolean printBooks() {
        Totals totals = report.account().totals();
        long accepted = totals.acknowledged();
        out.printf("%nThe books%n");
        long again = Math.max(0, counts.accepted() - accepted);
        out.printf("  accepted     %,12d   copies of events answered with 200%n", accepted);
        if (again > 0) {
            out.printf(
                    "  sent again   %,12d   copies by the door, whose answer came late%n", again);
        }
        out.printf("  loaded       %,12d   rows%n", counts.loaded());
        out.printf("  quarantined  %,12d%n", counts.quarantined());
        out.printf("  duplicates   %,12d   copies recognised%n", counts.duplicates());
        out.printf("  suppressed   %,12d%n", counts.suppressed());
        out.printf("  difference   %,12d%n", accepted + again - counts.sum());
        if (totals.refused() + totals.unknown() > 0) {
            out.printf(
                    "  not accepted %,12d   refused %,d, no answer %,d%n",
                    totals.refused() + totals.unknown(), totals.refused(), totals.unknown());
        }
        return accepted + again == counts.sum();
    }

    /// The counts could agree by chance; the ids cannot.
    private boolean printProof() throws SQLException {
        Map<String, Integer> rows = books.rows();
        Set<String> quarantined = books.quarantinedEvents();
        long lost = 0;
        long misplaced = 0;
        for (Delivery delivery : report.account().deliveries().values()) {
            if (delivery.acknowledged() == 0) {
                continue;
            }
            boolean loaded = rows.containsKey(delivery.eventId());
            boolean refused = quarantined.contains(delivery.eventId());
            lost += loaded || refused ? 0 : 1;
            boolean expectedRow = delivery.expectation() instanceof Expectation.Loaded;
            misplaced += (loaded || refused) && loaded != expectedRow ? 1 : 0;
        }
        long twice = rows.values().stream().filter(count -> count > 1).count();
        out.printf(
                "  by id: lost %,d, rows twice %,d, in the wrong place %,d%n",
                lost, twice, misplaced);
        return lost == 0 && twice == 0 && misplaced == 0;
    }

    private void printLatency() throws SQLException {
        TableFormat.Rows rows =
                books.query(
                        "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY latency_ms),"
                                + " PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY latency_ms),"
                                + " MAX(latency_ms) FROM load_latency");
        out.printf(
                "%nFrom receipt to queryable: P50 %s, P95 %s, max %s (milliseconds)%n",
                rows.values().getFirst().toArray());
    }
}
