package dev.sluice.collector.process.protocol.segment;

import dev.sluice.collector.process.body.ForeignBody;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.ForeignRequest;
import dev.sluice.collector.process.protocol.Protocol;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Segment's HTTP tracking API and RudderStack's, which is the same: single calls, batches, pixels.
/// Thread-safe.
public final class SegmentApi implements Protocol {

    private final ForeignReader reader;

    public SegmentApi(ForeignReader reader) {
        this.reader = reader;
    }

    @Override
    public ForeignEvents read(ForeignRequest request) {
        String pixel = request.query().get("data");
        if (request.length() == 0 && pixel != null) {
            byte[] json = decoded(pixel);
            return json == null ? notBase64() : events(json, json.length, request);
        }
        if (request.length() == 0 || request.call().equals("m")) {
            return noEvents(); // what the SDK measured of itself is not an event
        }
        return events(request.body(), request.length(), request);
    }

    private ForeignEvents events(byte[] json, int length, ForeignRequest request) {
        return reader.read(json, length, root -> body(root, request));
    }

    private static ForeignBody body(JsonValue root, ForeignRequest request) {
        JsonObject object = root.object();
        String anonymousId = fromHeader(request.header("anonymousid"));
        String sentAt = request.header("sentat");
        if (object.has("batch")) {
            String ownSentAt = object.scalar("sentAt");
            Envelope envelope =
                    new Envelope(
                            null,
                            ownSentAt == null ? sentAt : ownSentAt,
                            anonymousId,
                            object.object("context"));
            return new ForeignBody(
                    object.get("batch"), new SegmentEvent(envelope), object.scalar("writeKey"));
        }
        Envelope envelope =
                new Envelope(Call.of(request.call()), sentAt, anonymousId, JsonObject.EMPTY);
        return new ForeignBody(root, new SegmentEvent(envelope), object.scalar("writeKey"));
    }

    private static ForeignEvents noEvents() {
        return new ForeignEvents(new SplitBody.Elements(List.of()), null);
    }

    private static ForeignEvents notBase64() {
        return new ForeignEvents(
                new SplitBody.Unreadable("the parameter data is not base64", 1, 1, 0), null);
    }

    /// RudderStack's browser SDK codes it in base64. A plain id may look so too, but decodes to
    /// bytes that are no text, and visitors must not be taken for each other.
    private static @Nullable String fromHeader(@Nullable String anonymousId) {
        byte[] decoded = anonymousId == null ? null : decoded(anonymousId);
        String text = decoded == null ? null : new String(decoded, StandardCharsets.UTF_8);
        return text == null || text.indexOf('\uFFFD') >= 0 ? null : text;
    }

    /// Either alphabet, padded or not.
    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getUrlDecoder()
                    .decode(
                            base64.replace('+', '-')
                                    .replace('/', '_')
                                    .replace(' ', '-')
                                    .replace("=", ""));
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
