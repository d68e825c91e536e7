package dev.sluice.loader.sink.clickhouse;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.sink.RefusedRow;
import dev.sluice.loader.sink.Sink;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkErasure;
import dev.sluice.loader.sink.SinkRow;
import dev.sluice.loader.sink.http.HttpReply;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.reference.Digests;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes rows into a table of ClickHouse by its HTTP interface. Makes the table, and adds columns
/// that contracts bring.
public final class ClickHouseSink implements Sink {

    private static final int TOO_LARGE = 413;

    private final SinkEndpoint endpoint;
    private final ClickHouseTable table;

    /// The layout whose columns the table is known to have.
    private volatile @Nullable FileLayout prepared;

    public ClickHouseSink(SinkEndpoint endpoint, ClickHouseTable table) {
        this.endpoint = endpoint;
        this.table = table;
    }

    @Override
    public String name() {
        return "clickhouse";
    }

    @Override
    public SinkAnswer write(String window, List<SinkRow> rows) {
        List<RefusedRow> refused = new ArrayList<>();
        Map<FileLayout, List<SinkRow>> byLayout = new IdentityHashMap<>();
        for (SinkRow row : rows) {
            if (ClickHouseTable.holds(row)) {
                byLayout.computeIfAbsent(row.layout(), _ -> new ArrayList<>()).add(row);
            } else {
                refused.add(new RefusedRow(row, "event_ts is no day of a Date"));
            }
        }
        for (Map.Entry<FileLayout, List<SinkRow>> each : byLayout.entrySet()) {
            prepare(each.getKey());
            HttpReply reply = insert(window, each.getKey(), each.getValue());
            if (!reply.isSuccess()) {
                ClickHouseError error = ClickHouseError.of(reply);
                if (reply.status() == TOO_LARGE || error.isOfRows()) {
                    return new SinkAnswer.Unsorted("the insert is refused with " + error.named());
                }
                prepared = null;
                throw error.failure();
            }
        }
        return new SinkAnswer.Sorted(0, refused, null);
    }

    /// What is deleted cannot come back: its person is on the suppression list by then, which is
    /// asked before every write.
    @Override
    public void erase(SinkErasure erasure) {
        ask(table.erase(erasure), Map.of("mutations_sync", "2"));
    }

    /// The token is of the window and of what is in it: a repeated insert is dropped by the server,
    /// one of the same window with other rows is not.
    private HttpReply insert(String window, FileLayout layout, List<SinkRow> rows) {
        byte[] body = table.encode(layout, rows);
        Map<String, String> settings = new HashMap<>();
        settings.put("query", table.insert(layout));
        settings.put("insert_deduplication_token", window + "-" + Digests.sha256(body));
        settings.put("async_insert", "0");
        return endpoint.send("POST", "/?" + query(settings), "application/octet-stream", body);
    }

    private void prepare(FileLayout layout) {
        if (prepared == layout) {
            return;
        }
        ask(table.create(layout), Map.of());
        Map<String, String> types = types();
        for (ClickHouseColumn column : ClickHouseTable.columns(layout)) {
            String type = types.get(column.name());
            if (type == null) {
                ask(table.add(column), Map.of());
            } else if (!type.equals(column.sql())) {
                throw new SetupFailure(
                        "column %s of %s is %s, but %s is needed"
                                .formatted(column.name(), table, type, column.sql()));
            }
        }
        prepared = layout;
    }

    /// RowBinary has no names and no types: bytes of another type would be taken for it.
    private Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        new String(ask(table.describe(), Map.of()), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t", 2))
                .forEach(column -> types.put(column[0], column[1]));
        return types;
    }

    private byte[] ask(String statement, Map<String, String> settings) {
        HttpReply reply =
                endpoint.send(
                        "POST",
                        settings.isEmpty() ? "/" : "/?" + query(settings),
                        "text/plain",
                        statement.getBytes(StandardCharsets.UTF_8));
        if (!reply.isSuccess()) {
            throw ClickHouseError.of(reply).failure();
        }
        return reply.body();
    }

    private static String query(Map<String, String> settings) {
        StringBuilder query = new StringBuilder();
        settings.forEach(
                (name, value) ->
                        query.append(query.isEmpty() ? "" : "&")
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return query.toString();
    }
}
