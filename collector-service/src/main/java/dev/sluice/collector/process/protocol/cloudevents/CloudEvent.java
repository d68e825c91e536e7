package dev.sluice.collector.process.protocol.cloudevents;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One CloudEvent: its attributes, extensions among them, and its data.
record CloudEvent(Map<String, String> attributes, BinaryData data) {

    private static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");
    private static final Set<String> PLACED =
            Set.of("type", "time", "userid", "anonymousid", "sessionid");

    static Optional<Rejection> map(CloudEvent event, CanonicalEvent out) {
        Map<String, String> attributes = event.attributes;
        for (String name : REQUIRED) {
            if (attributes.getOrDefault(name, "").isEmpty()) {
                return Optional.of(
                        new Rejection.Malformed("the attribute " + name + " is missing"));
            }
        }
        String id = attributes.get("source") + "/" + attributes.get("id");
        String user = attributes.get("userid");
        out.text("event_id", ForeignId.fitted(id))
                .text("event_type", attributes.get("type"))
                .text("event_ts", ForeignTime.rfc3339(attributes.get("time")))
                .text("anonymous_id", attributes.get("anonymousid"))
                .text("user_id", user == null ? attributes.get("subject") : user)
                .text("session_id", attributes.get("sessionid"));
        ContextWriter context = new ContextWriter(out);
        Map<String, @Nullable String> app = new LinkedHashMap<>();
        app.put("name", attributes.get("source"));
        context.put("app", app);
        context.put("cloudevents", rest(attributes));
        context.end();
        event.data.writeTo(out);
        return Optional.empty();
    }

    private static Map<String, @Nullable String> rest(Map<String, String> attributes) {
        Map<String, @Nullable String> rest = new LinkedHashMap<>();
        attributes.forEach(
                (name, value) -> {
                    boolean usual = name.equals("specversion") && value.equals("1.0");
                    if (!PLACED.contains(name) && !usual) {
                        rest.put(name, value);
                    }
                });
        return rest;
    }
}
