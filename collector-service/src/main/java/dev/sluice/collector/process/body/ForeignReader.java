package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads bodies of foreign protocols: each event is checked as it was sent, mapped, and what comes
/// out is read as any event of ours. A bad one keeps the bytes that were sent, and fails alone.
/// Thread-safe.
public final class ForeignReader {

    private final BodyLimits limits;
    private final EventReader asSent;
    private final EventReader mapped;

    public ForeignReader(BodyLimits limits) {
        this.limits = limits;
        asSent = new EventReader(limits, TypeRule.NOT_READ);
        mapped = new EventReader(roomier(limits), TypeRule.ANY_NAME);
    }

    /// @param body the first `length` bytes count; not written to afterwards
    public ForeignEvents read(byte[] body, int length, ForeignBody.Layout layout) {
        @Nullable String writeKey = null;
        try {
            ForeignBody found = layout.of(JsonValue.parse(withoutMark(body, length)));
            writeKey = found.writeKey();
            List<JsonValue> sent = elements(found.events());
            if (sent.size() > limits.maxEvents()) {
                return new ForeignEvents(new SplitBody.TooMany(limits.maxEvents()), writeKey);
            }
            List<ReadEvent> events = new ArrayList<>(sent.size());
            for (JsonValue event : sent) {
                events.add(read(event, found.mapping()));
            }
            return new ForeignEvents(new SplitBody.Elements(events), writeKey);
        } catch (JsonSyntaxException wrong) {
            TextPlace place = TextPlace.of(body, 0, Math.min(wrong.offset(), length));
            SplitBody why =
                    new SplitBody.Unreadable(
                            wrong.why(), place.line(), place.column(), place.offset());
            return new ForeignEvents(why, writeKey);
        }
    }

    /// Reads an event that is not JSON as it is sent, such as a query string.
    ///
    /// @param sent what the quarantine keeps if the event is bad
    public <T> ReadEvent read(Bytes sent, T event, EventMapping<T> mapping) {
        if (sent.length() > limits.maxEventBytes()) {
            Rejection why =
                    new Rejection.TooLarge(
                            "the event has %d bytes; the limit is %d, as many are kept"
                                    .formatted(sent.length(), limits.maxEventBytes()));
            return refused(
                    new Bytes(sent.array(), sent.offset(), limits.maxEventBytes()),
                    EventFields.NONE,
                    why);
        }
        try {
            CanonicalEvent out = new CanonicalEvent(sent.length() + 256);
            Optional<Rejection> refusal = mapping.map(event, out);
            return refusal.map(why -> refused(sent, EventFields.NONE, why))
                    .orElseGet(() -> canonical(sent, out.finish()));
        } catch (JsonSyntaxException wrong) {
            return refused(sent, EventFields.NONE, new Rejection.Malformed(wrong.why()));
        }
    }

    private List<JsonValue> elements(@Nullable JsonValue events) {
        if (events == null) {
            return List.of();
        }
        return events.isArray() ? events.elements(limits.maxEvents() + 1) : List.of(events);
    }

    private ReadEvent read(JsonValue event, EventMapping<JsonObject> mapping) {
        Bytes sent = event.bytes();
        ReadEvent checked = asSent.read(sent.array(), event.from(), event.to()).event();
        return checked.refusal() == null ? read(sent, event.object(), mapping) : checked;
    }

    private ReadEvent canonical(Bytes sent, Bytes event) {
        ReadEvent read = mapped.read(event.array(), 0, event.length()).event();
        return read.refusal() == null ? read : refused(sent, read.fields(), read.refusal());
    }

    private static ReadEvent refused(Bytes sent, EventFields fields, Rejection why) {
        return new ReadEvent(sent, fields, why);
    }

    private static Bytes withoutMark(byte[] body, int length) {
        int mark = length >= 3 && body[0] == -17 && body[1] == -69 && body[2] == -65 ? 3 : 0;
        return new Bytes(body, mark, length - mark);
    }

    /// The canonical form repeats a little, and nests what was flat.
    private static BodyLimits roomier(BodyLimits limits) {
        return new BodyLimits(
                limits.maxEvents(),
                2 * limits.maxEventBytes() + 4096,
                limits.maxDepth() + 8,
                limits.maxNumberLength());
    }
}
