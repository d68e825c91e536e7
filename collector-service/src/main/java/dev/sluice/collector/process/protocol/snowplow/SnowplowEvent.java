package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/// One event of a tracker, given as its parameters.
final class SnowplowEvent {

    private static final Map<String, String> TYPES =
            Map.of(
                    "pv", "page_view",
                    "pp", "page_ping",
                    "se", "struct_event",
                    "tr", "transaction",
                    "ti", "transaction_item");

    private SnowplowEvent() {}

    static Optional<Rejection> map(Map<String, String> event, CanonicalEvent out) {
        String kind = event.getOrDefault("e", "");
        Entities entities = Entities.of(event);
        if (entities.wrong() != null) {
            return malformed(entities.wrong());
        }
        String type = kind.equals("ue") ? entities.name() : TYPES.get(kind);
        if (type == null) {
            return malformed(
                    kind.equals("ue")
                            ? "ue_px or ue_pr has no event with an Iglu schema"
                            : "e is none of pv, pp, se, ue, tr, ti");
        }
        String id = event.get("eid");
        String trueTime = event.get("ttm");
        out.text("event_id", ForeignId.fitted(id))
                .text("event_type", type)
                .text(
                        "event_ts",
                        ForeignTime.rfc3339(trueTime == null ? event.get("dtm") : trueTime));
        if (trueTime == null) {
            out.text("sent_ts", ForeignTime.rfc3339(event.get("stm")));
        }
        out.text("anonymous_id", first(event, "duid", "nuid", "tnuid"))
                .text("user_id", event.get("uid"))
                .text("session_id", event.get("sid"));
        SnowplowContext.write(event, entities, out);
        properties(kind, event, entities.data(), out);
        return Optional.empty();
    }

    private static void properties(
            String kind, Map<String, String> event, @Nullable JsonValue data, CanonicalEvent out) {
        if (kind.equals("ue")) {
            out.value("properties", data != null && data.isObject() ? data : null);
            return;
        }
        out.begin("properties");
        Parameters.PROPERTIES.forEach(
                (parameter, name) -> {
                    String value = event.get(parameter);
                    if (!Parameters.isProperty(parameter, kind)) {
                        return;
                    }
                    if (value != null && Parameters.NUMBERS.contains(parameter)) {
                        Parameters.number(out, name, value);
                    } else {
                        out.text(name, value);
                    }
                });
        out.end();
    }

    static @Nullable String first(Map<String, String> event, String... parameters) {
        for (String parameter : parameters) {
            String value = event.get(parameter);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }

    private static Optional<Rejection> malformed(String why) {
        return Optional.of(new Rejection.Malformed(why));
    }
}
