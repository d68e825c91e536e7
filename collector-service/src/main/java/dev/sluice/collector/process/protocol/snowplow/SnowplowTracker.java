package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.ForeignBody;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.ForeignRequest;
import dev.sluice.collector.process.protocol.Protocol;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The protocol of Snowplow's trackers, version 2. Thread-safe.
public final class SnowplowTracker implements Protocol {

    private static final String APP_ID = "aid";

    private final ForeignReader reader;

    public SnowplowTracker(ForeignReader reader) {
        this.reader = reader;
    }

    @Override
    public ForeignEvents read(ForeignRequest request) {
        if (request.length() > 0) {
            return reader.read(request.body(), request.length(), SnowplowTracker::body);
        }
        Map<String, String> query = new LinkedHashMap<>(request.query());
        query.values().removeIf(String::isEmpty);
        if (query.isEmpty()) {
            return new ForeignEvents(new SplitBody.Elements(List.of()), null);
        }
        Bytes sent = CanonicalEvent.ofTexts(query);
        SplitBody event =
                new SplitBody.Elements(List.of(reader.read(sent, query, SnowplowEvent::map)));
        return new ForeignEvents(event, query.get(APP_ID));
    }

    /// A body without its envelope is read as events all the same: nothing sent is forgotten.
    private static ForeignBody body(JsonValue root) {
        JsonValue data = root.object().get("data");
        JsonValue events = data == null ? root : data;
        return new ForeignBody(events, SnowplowTracker::map, appId(events));
    }

    private static @Nullable String appId(JsonValue events) {
        List<JsonValue> first = events.isArray() ? events.elements(1) : List.of(events);
        return first.isEmpty() ? null : first.getFirst().object().scalar(APP_ID);
    }

    /// Trackers write every value as text; one that does not is believed all the same.
    private static Optional<Rejection> map(JsonObject event, CanonicalEvent out) {
        Map<String, String> parameters = new LinkedHashMap<>();
        event.forEach(
                (name, value) -> {
                    String text =
                            value.isObject() || value.isArray()
                                    ? value.bytes().asUtf8()
                                    : value.scalar();
                    if (text != null) {
                        parameters.put(name, text);
                    }
                });
        return SnowplowEvent.map(parameters, out);
    }
}
