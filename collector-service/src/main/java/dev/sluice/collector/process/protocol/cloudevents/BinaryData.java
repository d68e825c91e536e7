package dev.sluice.collector.process.protocol.cloudevents;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonSyntaxException;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The data of one CloudEvent.
sealed interface BinaryData {

    /// A JSON value, or none at all.
    record Json(@Nullable JsonValue value) implements BinaryData {}

    /// Bytes that are not JSON, in base64.
    record Coded(@Nullable String base64) implements BinaryData {}

    /// The body of a request in binary mode: JSON if it is, whatever its type says.
    static BinaryData of(Bytes body) {
        if (body.length() == 0) {
            return new Json(null);
        }
        try {
            JsonValue value = JsonValue.parse(body);
            return value.isJson() ? new Json(value) : coded(body);
        } catch (JsonSyntaxException notJson) {
            return coded(body);
        }
    }

    private static BinaryData coded(Bytes body) {
        return new Coded(Base64.getEncoder().encodeToString(body.toArray()));
    }

    /// The event in one piece, for the quarantine.
    static Bytes whole(Map<String, String> attributes, Bytes body) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.put("data_base64", Base64.getEncoder().encodeToString(body.toArray()));
        return CanonicalEvent.ofTexts(all);
    }

    default void writeTo(CanonicalEvent out) {
        switch (this) {
            case Json(JsonValue value) when value == null || value.isNull() -> {}
            case Json(JsonValue value) when value.isObject() -> out.value("properties", value);
            case Json(JsonValue value) -> out.begin("properties").value("data", value).end();
            case Coded(String base64) -> out.begin("properties").text("data_base64", base64).end();
        }
    }
}
