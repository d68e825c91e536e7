package dev.sluice.collector.process.protocol.cloudevents;

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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The HTTP binding of CloudEvents 1.0. A request with `ce-specversion` is one event in
/// binary mode, a root array a batch, anything else one structured event. Thread-safe.
public final class CloudEvents implements Protocol {

    private static final String PREFIX = "ce-";
    private static final Set<String> DATA = Set.of("data", "data_base64");

    private final ForeignReader reader;

    public CloudEvents(ForeignReader reader) {
        this.reader = reader;
    }

    @Override
    public ForeignEvents read(ForeignRequest request) {
        if (request.header("ce-specversion") != null) {
            Bytes data = new Bytes(request.body(), 0, request.length());
            CloudEvent event = new CloudEvent(binary(request), BinaryData.of(data));
            Bytes sent = BinaryData.whole(event.attributes(), data);
            return new ForeignEvents(
                    new SplitBody.Elements(List.of(reader.read(sent, event, CloudEvent::map))),
                    null);
        }
        if (request.length() == 0) {
            return new ForeignEvents(new SplitBody.Elements(List.of()), null);
        }
        return reader.read(
                request.body(),
                request.length(),
                root -> new ForeignBody(root, CloudEvents::structured, null));
    }

    private static Optional<Rejection> structured(JsonObject event, CanonicalEvent out) {
        Map<String, String> attributes = new LinkedHashMap<>();
        event.forEach(
                (name, value) -> {
                    String text = value.scalar();
                    if (DATA.contains(name)) {
                        return;
                    }
                    if (text != null) {
                        attributes.put(name, text);
                    } else if (value.isObject() || value.isArray()) {
                        attributes.put(name + "_raw", value.bytes().asUtf8()); // is no attribute
                    }
                });
        JsonValue base64 = event.get("data_base64");
        if (base64 == null) {
            BinaryData data = new BinaryData.Json(event.get("data"));
            return CloudEvent.map(new CloudEvent(attributes, data), out);
        }
        if (!base64.isString() || event.get("data") != null) {
            return Optional.of(
                    new Rejection.Malformed("data_base64 is no string, or data is there too"));
        }
        BinaryData data = new BinaryData.Coded(base64.string());
        return CloudEvent.map(new CloudEvent(attributes, data), out);
    }

    private static Map<String, String> binary(ForeignRequest request) {
        Map<String, String> attributes = new LinkedHashMap<>();
        request.headers()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(PREFIX)) {
                                attributes.put(name.substring(PREFIX.length()), decoded(value));
                            }
                        });
        String contentType = request.header("content-type");
        if (contentType != null) {
            attributes.put("datacontenttype", contentType);
        }
        return attributes;
    }

    /// Percent-encoded UTF-8 (HTTP binding, 3.1.3.2); a plus stands for itself.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return value;
        }
    }
}
