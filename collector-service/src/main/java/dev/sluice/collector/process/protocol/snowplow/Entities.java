package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The self-describing JSON of one event: what it tells itself, and the entities around it.
///
/// @param schema of the self-describing event, an Iglu URI
/// @param data of the self-describing event
/// @param contexts an array of entities, each with its schema
/// @param wrong what cannot be read, if anything
record Entities(
        @Nullable String schema,
        @Nullable JsonValue data,
        @Nullable JsonValue contexts,
        @Nullable String wrong) {

    private static final Pattern IGLU = Pattern.compile("iglu:[^/]+/([^/]+)/[^/]+/\\d+-\\d+-\\d+");

    private static final String CLIENT_HINTS = "iglu:org.ietf/http_client_hints/";
    private static final int MOST_ENTITIES = 100;

    static Entities of(Map<String, String> parameters) {
        Read event = read(parameters, "ue_px", "ue_pr");
        Read around = read(parameters, "cx", "co");
        if (event.wrong() != null || around.wrong() != null) {
            return new Entities(
                    null, null, null, event.wrong() != null ? event.wrong() : around.wrong());
        }
        JsonObject inner = event.object().object("data");
        return new Entities(
                inner.string("schema"), inner.get("data"), around.object().get("data"), null);
    }

    /// The name in the schema of the event; null if there is none.
    @Nullable String name() {
        Matcher matcher = IGLU.matcher(schema == null ? "" : schema);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /// What the browser says about itself, if the tracker asked it; the entity stays where it is.
    @Nullable JsonObject clientHints() {
        if (contexts == null || !contexts.isArray()) {
            return null;
        }
        for (JsonValue entity : contexts.elements(MOST_ENTITIES)) {
            JsonObject each = entity.object();
            String its = each.string("schema");
            if (its != null && its.startsWith(CLIENT_HINTS)) {
                return each.object("data");
            }
        }
        return null;
    }

    private static Read read(Map<String, String> parameters, String coded, String plain) {
        String base64 = parameters.get(coded);
        if (base64 != null) {
            return Base64Json.decode(base64)
                    .map(json -> new Read(json.object(), null))
                    .orElseGet(() -> new Read(JsonObject.EMPTY, coded + " is not base64"));
        }
        String json = parameters.get(plain);
        return json == null
                ? new Read(JsonObject.EMPTY, null)
                : new Read(JsonValue.parse(Bytes.utf8(json)).object(), null);
    }

    private record Read(JsonObject object, @Nullable String wrong) {}
}
