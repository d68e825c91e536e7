package dev.sluice.loader.sink.clickhouse;

import static org.awaitility.Awaitility.await;

import dev.sluice.loader.sink.http.HttpStub;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands before a server of 2018 and makes it look like one of today, as far as the sink goes: it
/// has no `DateTime64` (on the wire the same as `Int64`), no `Bool` (`UInt8`), no deduplication of
/// inserts and no waiting for mutations.
final class Translation implements AutoCloseable {

    private static final Pattern DECLARED =
            Pattern.compile("`(\\w+)` ((?:Nullable\\()?(?:DateTime64\\(6, 'UTC'\\)|Bool)\\)?)");
    private static final Set<String> UNKNOWN =
            Set.of("insert_deduplication_token", "async_insert", "mutations_sync");

    private final ClickHouseServer server;
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    final HttpStub door = new HttpStub(this::answer);

    Translation(ClickHouseServer server) {
        this.server = server;
    }

    private HttpStub.Reply answer(HttpStub.Request request) {
        Map<String, String> settings = settings(request.target());
        String token = settings.get("query") + settings.get("insert_deduplication_token");
        if (tokens.contains(token)) {
            return new HttpStub.Reply(200, "");
        }
        settings.keySet().removeAll(UNKNOWN);
        String query = settings.get("query");
        byte[] body =
                query == null
                        ? older(request.text()).getBytes(StandardCharsets.UTF_8)
                        : request.body();
        HttpResponse<byte[]> reply =
                server.send(
                        query == null
                                ? "/"
                                : "/?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8),
                        request.header("X-clickhouse-user"),
                        request.header("X-clickhouse-key"),
                        body);
        if (query != null && reply.statusCode() == 200) {
            tokens.add(token);
        }
        if (request.text().contains(" DELETE WHERE ")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () ->
                                    server.ask(
                                                    "SELECT count() FROM system.mutations WHERE is_done"
                                                            + " = 0")
                                            .startsWith("0"));
        }
        String said = new String(reply.body(), StandardCharsets.UTF_8);
        return new HttpStub.Reply(
                reply.statusCode(), request.text().startsWith("SELECT name") ? newer(said) : said);
    }

    private String older(String statement) {
        Matcher declared = DECLARED.matcher(statement);
        while (declared.find()) {
            types.put(declared.group(1), declared.group(2));
        }
        return statement
                .replace("DateTime64(6, 'UTC')", "Int64")
                .replaceAll("\\bBool\\b", "UInt8")
                .replaceAll(" SETTINGS .*", "")
                .replace("ADD COLUMN IF NOT EXISTS", "ADD COLUMN")
                .replace("toUnixTimestamp64Micro(received_ts)", "received_ts");
    }

    private String newer(String columns) {
        StringBuilder all = new StringBuilder();
        columns.lines()
                .map(line -> line.split("\t", 2))
                .forEach(
                        column ->
                                all.append(column[0])
                                        .append('\t')
                                        .append(types.getOrDefault(column[0], column[1]))
                                        .append('\n'));
        return all.toString();
    }

    private static Map<String, String> settings(String target) {
        Map<String, String> settings = new HashMap<>();
        if (target.indexOf('?') >= 0) {
            for (String pair : target.substring(target.indexOf('?') + 1).split("&")) {
                String[] parts = pair.split("=", 2);
                settings.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return settings;
    }

    @Override
    public void close() {
        door.close();
    }
}
