package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;

import dev.sluice.contracts.pii.text.Finding;
import dev.sluice.contracts.pii.text.LabelledText;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.fleet.FleetConfig;
import dev.sluice.fleet.LocalFleet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Sends every text of the labelled set through the line, in events that pass and in events that
/// are refused, and looks for its e-mail addresses, phone numbers and cards wherever people look.
class PersonalDataIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<LabelledText> SET = LabelledText.all();
    private static final String LOADED =
            "SELECT (SELECT COUNT(*) FROM events), (SELECT COUNT(DISTINCT event_id) FROM"
                    + " quarantined_events)";
    private static final Set<PiiKind> LOOKED_FOR =
            Set.of(PiiKind.EMAIL, PiiKind.PHONE, PiiKind.CARD);

    @TempDir static Path folder;

    private final Path data = folder.resolve("data");

    @Test
    void whatIsPersonalIsNowhereButInTheOriginals() throws Exception {
        Log log = Log.ofAll();
        Map<String, List<String>> places = new HashMap<>();
        try (LocalFleet fleet = LocalFleet.start(FleetConfig.of(data, 0), step -> {});
                FleetClient client = new FleetClient(fleet.endpoints())) {
            for (List<String> batch : batches()) {
                assertThat(client.post("[" + String.join(",", batch) + "]").statusCode())
                        .isEqualTo(200);
            }
            String all = "%d|%d".formatted(2 * SET.size(), SET.size());
            assertThat(client.await(LOADED, found -> found.equals(List.of(all))))
                    .containsExactly(all);
            client.await("SELECT COUNT(*) FROM sessions", found -> !found.equals(List.of("0")));
            for (String table : tables(client)) {
                places.put("table " + table, client.query("SELECT * FROM " + table));
            }
        } finally {
            log.stop();
        }
        places.put("log", log.lines());
        places.put("Parquet", parquet());
        places.put("dead letters", deadLetters());

        assertThat(places).containsKeys("table events", "table quarantined_events");
        assertThat(places.get("Parquet")).hasSizeGreaterThanOrEqualTo(2 * SET.size());
        places.forEach((place, lines) -> assertThat(found(lines)).as(place).isEmpty());
        assertThat(found(originals())).as("originals").hasSizeGreaterThan(150);
    }

    /// Each text three times: in an event of its kind, as a property that no contract knows, and in
    /// an event that is refused.
    private static List<List<String>> batches() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < SET.size(); i++) {
            LabelledText each = SET.get(i);
            events.add(
                    switch (each.source()) {
                        case "url" -> page(i, each.text());
                        case "search" -> event(i, "good", "search", "query", each.text());
                        default -> message(i, "good", each.text());
                    });
            events.add(event(i, "unknown", "page_view", "remark", each.text()));
            events.add(event(i, "bad", "message_sent", "message_text", each.text()));
        }
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < events.size(); i += 100) {
            batches.add(events.subList(i, Math.min(events.size(), i + 100)));
        }
        return batches;
    }

    private static String message(int number, String kind, String text) {
        ObjectNode event = (ObjectNode) JSON.readTree(event(number, kind, "message_sent", "a", ""));
        event.putObject("properties")
                .put("conversation_id", "conv-" + number)
                .put("message_id", "msg-" + number)
                .put("message_text", text);
        return event.toString();
    }

    private static String page(int number, String url) {
        ObjectNode event = (ObjectNode) JSON.readTree(event(number, "good", "page_view", "a", ""));
        event.putObject("context").putObject("page").put("url", url).put("referrer", url);
        return event.toString();
    }

    private static String event(int number, String kind, String type, String name, String text) {
        ObjectNode event = JSON.createObjectNode();
        event.put("event_id", kind + "-" + number)
                .put("event_type", type)
                .put("anonymous_id", "device-" + number % 50);
        event.putObject("properties").put(name, text);
        return event.toString();
    }

    private static List<String> tables(FleetClient client) throws SQLException {
        return client.query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
                        + " table_type = 'BASE TABLE'");
    }

    private List<String> parquet() throws SQLException, IOException {
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                Stream<Path> files = Files.walk(bucket().resolve("curated"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".parquet")).toList()) {
                try (ResultSet result =
                        statement.executeQuery(
                                "SELECT CAST(t AS VARCHAR) FROM read_parquet('%s') t"
                                        .formatted(file.toAbsolutePath()))) {
                    while (result.next()) {
                        rows.add(result.getString(1));
                    }
                }
            }
        }
        return rows;
    }

    private List<String> deadLetters() throws IOException {
        return contents("dead-letters").stream()
                .map(content -> new String(content, StandardCharsets.UTF_8))
                .toList();
    }

    /// Of the events that were refused.
    private List<String> originals() throws IOException {
        return contents("quarantine").stream()
                .flatMap(content -> QuarantineFile.read(content).stream())
                .map(refused -> new String(refused.original(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<byte[]> contents(String prefix) throws IOException {
        Path under = bucket().resolve(prefix);
        if (!Files.exists(under)) {
            return List.of();
        }
        List<byte[]> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(under)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private Path bucket() {
        return data.resolve("s3/buckets/sluice");
    }

    /// What of the labelled set stands in these lines.
    private static Set<String> found(List<String> lines) {
        String all = String.join("\n", lines);
        Set<String> found = new TreeSet<>();
        for (LabelledText each : SET) {
            for (Finding span : each.spans()) {
                String secret = each.text().substring(span.from(), span.to());
                if (LOOKED_FOR.contains(span.kind())
                        && !isSomethingElse(secret)
                        && all.contains(secret)) {
                    found.add(secret);
                }
            }
        }
        return found;
    }

    /// Whether the same digits are an order or an article in a text without anything personal.
    private static boolean isSomethingElse(String secret) {
        return SET.stream()
                .anyMatch(each -> each.spans().isEmpty() && each.text().contains(secret));
    }

    /// Everything that any logger says, with the traces of exceptions.
    private static final class Log extends AppenderBase<ILoggingEvent> {
        private final List<String> lines = new ArrayList<>();

        static Log ofAll() {
            Log log = new Log();
            log.start();
            root().addAppender(log);
            return log;
        }

        private static Logger root() {
            return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        }

        @Override
        protected synchronized void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getFormattedMessage() + trace);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
