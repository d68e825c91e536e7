package dev.sluice.loader.sink.opensearch;

import dev.sluice.loader.sink.RefusedRow;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkRow;
import dev.sluice.loader.sink.http.HttpReply;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what became of each document of a `_bulk` request.
final class BulkReply {

    /// What of a reply is wanted.
    static final String FILTER =
            "errors,error.type,items.*.status,items.*.error.type,items.*.error.reason";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// The only part of a reason that may be told: the rest quotes the document.
    private static final Pattern FIELD = Pattern.compile("field \\[([a-z0-9_]+)]");

    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final DocumentFields fields;
    private final List<RefusedRow> refused = new ArrayList<>();
    private final List<SinkRow> later = new ArrayList<>();
    private @Nullable RuntimeException why;
    private int superseded;

    private BulkReply(DocumentFields fields) {
        this.fields = fields;
    }

    /// @param rows in the order of the request
    /// @throws TransientFailure if the reply is not about these rows
    static SinkAnswer read(HttpReply reply, List<SinkRow> rows, DocumentFields fields) {
        JsonNode json = json(reply);
        if (json.path("errors").isBoolean() && !json.path("errors").booleanValue()) {
            return SinkAnswer.Sorted.WRITTEN;
        }
        JsonNode items = json.path("items");
        if (items.size() != rows.size()) {
            throw new TransientFailure(
                    "%s answered for %d documents, not for %d"
                            .formatted(reply.request(), items.size(), rows.size()));
        }
        BulkReply sorted = new BulkReply(fields);
        for (int i = 0; i < rows.size(); i++) {
            sorted.sort(reply.request(), rows.get(i), items.get(i).path("index"));
        }
        return new SinkAnswer.Sorted(
                sorted.superseded,
                sorted.refused,
                sorted.why == null ? null : new SinkAnswer.Later(sorted.later, sorted.why));
    }

    /// The name of the error of a request that failed as a whole; empty if there is none.
    static String errorType(HttpReply reply) {
        try {
            return JSON.readTree(reply.body()).path("error").path("type").asString("");
        } catch (JacksonException e) {
            return "";
        }
    }

    private void sort(String request, SinkRow row, JsonNode item) {
        int status = item.path("status").asInt(0);
        String type = item.path("error").path("type").asString("");
        if (status == CONFLICT) {
            superseded++;
        } else if (status == BAD_REQUEST || status == TOO_LARGE) {
            refused.add(new RefusedRow(row, type + field(item)));
        } else if (status < 200 || status >= 300) {
            later.add(row);
            why = worse(why, failure(request, status, type));
        }
    }

    private static RuntimeException failure(String request, int status, String type) {
        String message = "%s: documents answered %d %s".formatted(request, status, type);
        return HttpReply.isTransient(status)
                ? new TransientFailure(message)
                : new SetupFailure(message);
    }

    /// Of two, the one that needs somebody.
    private static RuntimeException worse(@Nullable RuntimeException one, RuntimeException other) {
        return one instanceof SetupFailure ? one : other;
    }

    private String field(JsonNode item) {
        Matcher named = FIELD.matcher(item.path("error").path("reason").asString(""));
        return named.find() && fields.has(named.group(1)) ? " in field " + named.group(1) : "";
    }

    private static JsonNode json(HttpReply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (JacksonException e) {
            throw new TransientFailure(reply.request() + " answered what is no JSON");
        }
    }
}
