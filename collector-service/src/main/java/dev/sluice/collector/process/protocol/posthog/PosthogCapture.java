package dev.sluice.collector.process.protocol.posthog;

import dev.sluice.collector.process.body.ForeignBody;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.ForeignRequest;
import dev.sluice.collector.process.protocol.Protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// `/batch`, `/capture`, and the newer `/i/v1/analytics/events`. Thread-safe.
public final class PosthogCapture implements Protocol {

    private final ForeignReader reader;

    public PosthogCapture(ForeignReader reader) {
        this.reader = reader;
    }

    @Override
    public ForeignEvents read(ForeignRequest request) {
        if (request.length() == 0) {
            return new ForeignEvents(new SplitBody.Elements(List.of()), null);
        }
        String sent = request.header("posthog-request-timestamp");
        String sdk = request.header("posthog-sdk-info");
        return reader.read(request.body(), request.length(), root -> body(root, sent, sdk));
    }

    private static ForeignBody body(JsonValue root, @Nullable String sent, @Nullable String sdk) {
        JsonObject object = root.object();
        JsonValue events = object.has("batch") ? object.get("batch") : root;
        String sentTs = sent;
        if (sentTs == null) {
            sentTs = object.scalar(object.has("sent_at") ? "sent_at" : "created_at");
        }
        boolean bearer = sent != null || sdk != null;
        String key = bearer || events == null ? object.scalar("api_key") : key(object, events);
        return new ForeignBody(events, new PosthogEvent(sentTs, sdk, key), key);
    }

    /// Browsers have the key in their events only.
    private static @Nullable String key(JsonObject envelope, JsonValue events) {
        String key = envelope.scalar("api_key");
        List<JsonValue> first = events.isArray() ? events.elements(1) : List.of(events);
        if (key == null && !first.isEmpty()) {
            JsonObject event = first.getFirst().object();
            key = event.scalar("api_key");
            return key == null ? event.object("properties").scalar("token") : key;
        }
        return key;
    }
}
