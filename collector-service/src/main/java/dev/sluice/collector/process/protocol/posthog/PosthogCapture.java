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
        boolean batched = object.has("batch");
        String sentTs = sent;
        if (sentTs == null) {
            sentTs = object.scalar(object.has("sent_at") ? "sent_at" : "created_at");
        }
        PosthogEvent mapping = new PosthogEvent(sentTs, sdk);
        return new ForeignBody(batched ? object.get("batch") : root, mapping, key(object));
    }

    private static @Nullable String key(JsonObject object) {
        String key = object.scalar("api_key");
        return key == null ? object.object("properties").scalar("token") : key;
    }
}
