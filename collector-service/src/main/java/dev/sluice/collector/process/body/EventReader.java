package dev.sluice.collector.process.body;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads one element of a body: at a glance, or else token by token. Thread-safe.
final class EventReader {

    private final BodyLimits limits;
    private final TypeRule typeRule;
    private final JsonFactory strict;

    /// Only to tell a duplicate key, which spoils an event, from bad syntax, which spoils more.
    private final JsonFactory lenient;

    EventReader(BodyLimits limits, TypeRule typeRule) {
        this.limits = limits;
        this.typeRule = typeRule;
        strict =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        // Never a guess at UTF-16 or UTF-32 from the first bytes.
                        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                        .streamReadConstraints(constraints(limits))
                        .build();
        lenient = strict.rebuild().disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    }

    /// An element and where it ends.
    record Element(ReadEvent event, int end) {}

    /// @param from the element's first byte
    /// @param to where the text ends
    Element read(byte[] body, int from, int to) throws JsonSyntaxException {
        if (body[from] != '{') {
            return other(body, from, to);
        }
        QuickScan quick = new QuickScan(body, to, limits, typeRule);
        int end = quick.read(from);
        if (end != QuickScan.UNSURE) {
            Bytes bytes = new Bytes(body, from, end - from);
            return new Element(new ReadEvent(bytes, quick.fields(), null), end);
        }
        return parse(body, from, to);
    }

    /// The same by the parser alone, which knows what to say of a bad event.
    Element parse(byte[] body, int from, int to) throws JsonSyntaxException {
        FieldScan scan = new FieldScan(typeRule);
        try {
            int end = from + scan(strict, scan, body, from, to);
            return element(body, from, end, scan, scan.refusal());
        } catch (JacksonException failure) {
            int end = JsonSpan.end(body, from, to);
            Rejection refusal = end < 0 ? null : ownFault(failure, body, from, end);
            if (refusal == null) {
                throw syntax(failure, from, to);
            }
            return element(body, from, end, scan, refusal);
        }
    }

    /// An element of those bytes that nothing can be read from.
    ReadEvent unreadable(byte[] body, int from, int to, Rejection refusal) {
        int kept = Math.min(to - from, limits.maxEventBytes());
        return new ReadEvent(new Bytes(body, from, kept), EventFields.NONE, refusal);
    }

    private Element element(
            byte[] body, int from, int end, FieldScan scan, @Nullable Rejection refusal) {
        if (end - from > limits.maxEventBytes()) {
            return new Element(unreadable(body, from, end, tooLarge(end - from)), end);
        }
        Rejection why = notUtf8(body, from, end);
        Bytes bytes = new Bytes(body, from, end - from);
        return new Element(new ReadEvent(bytes, scan.fields(), why == null ? refusal : why), end);
    }

    /// A fault that stays inside the brackets of the event; null when the syntax is at fault.
    private @Nullable Rejection ownFault(JacksonException failure, byte[] body, int from, int end) {
        Rejection notUtf8 = notUtf8(body, from, end);
        if (notUtf8 != null) {
            return notUtf8;
        }
        if (failure instanceof StreamConstraintsException) {
            return new Rejection.TooLarge(SyntaxMessage.of(failure));
        }
        try {
            scan(lenient, new FieldScan(typeRule), body, from, end);
            return new Rejection.Malformed(SyntaxMessage.of(failure));
        } catch (StreamConstraintsException beyond) {
            return new Rejection.TooLarge(SyntaxMessage.of(beyond));
        } catch (JacksonException syntax) {
            return null;
        }
    }

    private Element other(byte[] body, int from, int to) throws JsonSyntaxException {
        int end = JsonSpan.end(body, from, to);
        int last = end < 0 ? to : end;
        try (JsonParser parser = parser(lenient, body, from, last)) {
            while (parser.nextToken() != null) {
                // Only that it is JSON matters.
            }
        } catch (StreamConstraintsException beyond) {
            if (end < 0) {
                throw new JsonSyntaxException("Unexpected end-of-input", to);
            }
        } catch (JacksonException failure) {
            throw syntax(failure, from, to);
        }
        return new Element(unreadable(body, from, last, notAnObject(body[from])), last);
    }

    private static int scan(JsonFactory json, FieldScan scan, byte[] body, int from, int to) {
        try (JsonParser parser = parser(json, body, from, to)) {
            parser.nextToken();
            scan.read(parser);
            return (int) parser.currentLocation().getByteOffset();
        }
    }

    private static JsonParser parser(JsonFactory json, byte[] body, int from, int to) {
        return json.createParser(ObjectReadContext.empty(), body, from, to - from);
    }

    private Rejection tooLarge(int size) {
        return new Rejection.TooLarge(
                "the event has %d bytes; the limit is %d, as many are kept"
                        .formatted(size, limits.maxEventBytes()));
    }

    private static @Nullable Rejection notUtf8(byte[] body, int from, int end) {
        int at = Utf8.firstIllFormed(body, from, end);
        return at < 0
                ? null
                : new Rejection.Malformed("byte " + (at - from) + " of the event is not UTF-8");
    }

    private static Rejection notAnObject(byte first) {
        String what =
                switch (first) {
                    case '[' -> "an array";
                    case '"' -> "a string";
                    case 't', 'f' -> "a boolean";
                    case 'n' -> "null";
                    default -> "a number";
                };
        return new Rejection.Malformed("an event is an object, this is " + what);
    }

    private static JsonSyntaxException syntax(JacksonException failure, int from, int to) {
        int offset =
                failure.getLocation() == null
                        ? to
                        : from + (int) failure.getLocation().getByteOffset();
        return new JsonSyntaxException(SyntaxMessage.of(failure), Math.min(offset, to));
    }

    private static StreamReadConstraints constraints(BodyLimits limits) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(limits.maxDepth())
                .maxNumberLength(limits.maxNumberLength())
                .maxStringLength(limits.maxEventBytes())
                .maxNameLength(limits.maxEventBytes())
                .build();
    }
}
