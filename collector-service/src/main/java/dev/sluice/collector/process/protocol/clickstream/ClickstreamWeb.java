package dev.sluice.collector.process.protocol.clickstream;

import dev.sluice.collector.process.body.ForeignBody;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.ForeignRequest;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.collector.process.protocol.Protocol;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A JSON array of events, sent at the time in the query. Thread-safe.
public final class ClickstreamWeb implements Protocol {

    private final ForeignReader reader;

    public ClickstreamWeb(ForeignReader reader) {
        this.reader = reader;
    }

    @Override
    public ForeignEvents read(ForeignRequest request) {
        if (request.length() == 0) {
            return new ForeignEvents(new SplitBody.Elements(List.of()), null);
        }
        String sentTs = ForeignTime.rfc3339(request.query().get("upload_timestamp"));
        return reader.read(
                request.body(),
                request.length(),
                root -> new ForeignBody(root, new ClickstreamEvent(sentTs), appId(root)));
    }

    private static @Nullable String appId(JsonValue root) {
        List<JsonValue> first = root.isArray() ? root.elements(1) : List.of(root);
        return first.isEmpty() ? null : first.getFirst().object().scalar("app_id");
    }
}
