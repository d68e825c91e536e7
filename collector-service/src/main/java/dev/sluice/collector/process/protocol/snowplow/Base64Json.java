package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.contracts.event.Bytes;

import java.util.Base64;
import java.util.Optional;

/// JSON that trackers put into a parameter: URL-safe base64 without padding from some, the standard
/// alphabet with padding from others.
final class Base64Json {

    private Base64Json() {}

    /// Empty if it is not base64.
    static Optional<JsonValue> decode(String text) {
        String plain = text.replace('+', '-').replace(' ', '-').replace('/', '_').replace("=", "");
        try {
            byte[] json = Base64.getUrlDecoder().decode(plain);
            return Optional.of(JsonValue.parse(Bytes.of(json)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
