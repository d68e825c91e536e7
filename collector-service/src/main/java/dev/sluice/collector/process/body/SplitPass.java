package dev.sluice.collector.process.body;

import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One walk through one body.
final class SplitPass {

    private final byte[] body;
    private final int end;
    private final BodyForm form;
    private final BodyLimits limits;
    private final EventReader reader;
    private final List<ReadEvent> events = new ArrayList<>();

    /// The first byte of the root value that is being read.
    private int at;

    SplitPass(byte[] body, int length, BodyForm form, BodyLimits limits, EventReader reader) {
        this.body = body;
        this.end = length;
        this.form = form;
        this.limits = limits;
        this.reader = reader;
    }

    SplitBody run() {
        int start = skip(afterByteOrderMark(), end);
        at = start;
        try {
            JsonSyntaxException wrong = values(end);
            if (wrong != null && !isOneEventALine(start)) {
                TextPlace place = TextPlace.of(body, 0, wrong.offset());
                return new SplitBody.Unreadable(
                        wrong.why(), place.line(), place.column(), wrong.offset());
            }
            if (wrong != null) {
                lines();
            }
            return new SplitBody.Elements(events);
        } catch (TooManyEventsException e) {
            return new SplitBody.TooMany(limits.maxEvents());
        }
    }

    /// Reads root values up to there. After a syntax error the position is that of the root value
    /// it spoils, and nothing of that value is kept.
    private @Nullable JsonSyntaxException values(int to) {
        while (at < to) {
            int before = events.size();
            try {
                int after = body[at] == '[' ? array(at, to) : element(at, to);
                at = skip(after, to);
            } catch (JsonSyntaxException wrong) {
                events.subList(before, events.size()).clear();
                return wrong;
            }
        }
        return null;
    }

    private int array(int from, int to) throws JsonSyntaxException {
        int next = skip(from + 1, to);
        if (next < to && body[next] == ']') {
            return next + 1;
        }
        while (next < to) {
            next = skip(element(next, to), to);
            if (next < to && body[next] == ']') {
                return next + 1;
            }
            if (next < to && body[next] != ',') {
                throw new JsonSyntaxException("Expected a comma or ] after an array element", next);
            }
            next = skip(next + 1, to);
        }
        throw new JsonSyntaxException("Unexpected end-of-input in an array", to);
    }

    private int element(int from, int to) throws JsonSyntaxException {
        EventReader.Element element = reader.read(body, from, to);
        add(element.event());
        return element.end();
    }

    /// Reads what is left line by line: each of them stands or falls alone.
    private void lines() {
        TextPlace line = TextPlace.of(body, 0, at).startOfLine();
        while (at < end) {
            int endOfLine = JsonSpan.endOfLine(body, at, end);
            line = line.forwardToLineOf(body, at);
            JsonSyntaxException wrong = values(endOfLine);
            if (wrong != null) {
                TextPlace place = line.forwardTo(body, wrong.offset());
                add(reader.unreadable(body, at, endOfLine, malformed(wrong, place)));
            }
            at = skip(endOfLine, end);
        }
    }

    /// Whether a syntax error may be held to spoil its line only. An array or one object, which may
    /// span lines, is spoiled as a whole.
    private boolean isOneEventALine(int start) {
        if (form == BodyForm.LINES) {
            return true;
        }
        if (body[start] != '{') {
            return false;
        }
        return JsonSpan.endOfLine(body, start, at) < at || isObjectOnLaterLine();
    }

    /// Whether a line after this one begins with a brace, unindented, and ends with one: nothing
    /// that lies inside a pretty-printed object does.
    private boolean isObjectOnLaterLine() {
        int from = JsonSpan.endOfLine(body, at, end) + 1;
        while (from < end) {
            int to = JsonSpan.endOfLine(body, from, end);
            int last = to - 1;
            while (last > from && body[last] <= ' ') {
                last--;
            }
            if (last > from && body[from] == '{' && body[last] == '}') {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    private void add(ReadEvent event) {
        if (events.size() == limits.maxEvents()) {
            throw new TooManyEventsException();
        }
        events.add(event);
    }

    private int skip(int from, int to) {
        return JsonSpan.skipWhitespace(body, from, to);
    }

    /// Some editors begin UTF-8 text with U+FEFF (RFC 8259, 8.1 lets a reader ignore it).
    private int afterByteOrderMark() {
        boolean marked =
                end >= 3
                        && body[0] == (byte) 0xEF
                        && body[1] == (byte) 0xBB
                        && body[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }

    private static Rejection malformed(JsonSyntaxException wrong, TextPlace place) {
        return new Rejection.Malformed(
                "line %d, column %d: %s".formatted(place.line(), place.column(), wrong.why()));
    }
}
