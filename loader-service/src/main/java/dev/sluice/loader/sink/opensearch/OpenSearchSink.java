package dev.sluice.loader.sink.opensearch;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.sink.Sink;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkErasure;
import dev.sluice.loader.sink.SinkRow;
import dev.sluice.loader.sink.http.HttpReply;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes rows as documents of OpenSearch, 2 or later. A document has the name of its event and the
/// version of its row, so that writing it again, or an older one, changes nothing.
public final class OpenSearchSink implements Sink {

    private static final String JSON_TYPE = "application/json";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final SinkEndpoint endpoint;
    private final DailyIndex index;
    private final DocumentFields fields;
    private final SubjectSecret secret;

    /// The layout whose fields the index template has.
    private volatile @Nullable FileLayout prepared;

    /// @param secret of the keys of persons
    public OpenSearchSink(
            SinkEndpoint endpoint, DailyIndex index, DocumentFields fields, SubjectSecret secret) {
        this.endpoint = endpoint;
        this.index = index;
        this.fields = fields;
        this.secret = secret;
    }

    @Override
    public String name() {
        return "opensearch";
    }

    @Override
    public SinkAnswer write(String window, List<SinkRow> rows) {
        prepare(rows.getLast().layout());
        byte[] body = new BulkBody(index, fields, new SubjectKeys(secret)).of(rows);
        HttpReply reply =
                endpoint.send(
                        "POST",
                        "/_bulk?filter_path=" + BulkReply.FILTER,
                        "application/x-ndjson",
                        body);
        return switch (reply.status()) {
            case OK -> BulkReply.read(reply, rows, fields);
            case TOO_LARGE, BAD_REQUEST ->
                    new SinkAnswer.Unsorted(
                            ("the request is refused with %d %s")
                                    .formatted(reply.status(), BulkReply.errorType(reply))
                                    .strip());
            default -> throw reply.failure(BulkReply.errorType(reply));
        };
    }

    /// What is deleted cannot come back: its person is on the suppression list by then, which is
    /// asked before every write.
    @Override
    public void erase(SinkErasure erasure) {
        ask("POST", "/" + index.all() + "/_refresh", new byte[0]);
        String path = "/%s/_delete_by_query?refresh=true&conflicts=proceed".formatted(index.all());
        JsonNode reply = JSON.readTree(ask("POST", path, query(erasure)).body());
        int missed = reply.path("version_conflicts").asInt(0) + reply.path("failures").size();
        if (missed > 0 || reply.path("timed_out").asBoolean(false)) {
            throw new TransientFailure(
                    "%d documents of %s are not deleted yet".formatted(missed, index.all()));
        }
    }

    private byte[] query(SinkErasure erasure) {
        SubjectKeys keys = new SubjectKeys(secret);
        ObjectNode root = JSON.createObjectNode();
        ArrayNode filter = root.putObject("query").putObject("bool").putArray("filter");
        filter.addObject().putObject("term").put("tenant_id", erasure.tenant().value());
        filter.addObject()
                .putObject("range")
                .putObject("received_ts")
                .put("lt", Timestamps.format(erasure.receivedBefore()));
        ArrayNode subjects = filter.addObject().putObject("terms").putArray(BulkBody.SUBJECTS);
        erasure.ids().forEach(id -> subjects.add(keys.of(erasure.tenant(), id).toString()));
        return root.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The template is there before the first document makes an index.
    private void prepare(FileLayout layout) {
        if (prepared != layout) {
            String path = "/_index_template/" + index.prefix();
            ask("PUT", path, index.template(fields.of(layout)));
            prepared = layout;
        }
    }

    /// @throws SetupFailure if it is refused
    private HttpReply ask(String method, String path, byte[] body) {
        HttpReply reply = endpoint.send(method, path, JSON_TYPE, body);
        if (!reply.isSuccess()) {
            throw reply.failure(BulkReply.errorType(reply));
        }
        return reply;
    }
}
