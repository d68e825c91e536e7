package dev.sluice.cli;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.subject.BodyGlance;
import dev.sluice.loader.archive.ArchivedFrame;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.util.Objects;

/// Writes archived frames as lines of JSON: the header of each, or its events as they were sent.
final class ArchivedLines {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
    private final Wanted wanted;
    private final PrintWriter out;
    private final PrintWriter err;
    private long written;

    /// Which events.
    ///
    /// @param limit lines at most
    record Wanted(
            @Nullable String tenant, @Nullable String type, @Nullable String eventId, long limit) {

        boolean takes(Receipt receipt, SectionedEvent event) {
            return (tenant == null || tenant.equals(receipt.tenantId().value()))
                    && (eventId == null || eventId.equals(receipt.eventId().value()))
                    && (type == null
                            || Objects.equals(type, BodyGlance.of(event.body()).eventType()));
        }
    }

    ArchivedLines(Wanted wanted, PrintWriter out, PrintWriter err) {
        this.wanted = wanted;
        this.out = out;
        this.err = err;
    }

    boolean isFull() {
        return written >= wanted.limit();
    }

    void writeHeader(ArchivedFrame archived) {
        switch (decoder.decode(archived.frame())) {
            case Frame.Readable frame ->
                    line(
                            "{\"sequence\":\"%s\",\"arrived\":\"%s\",\"events\":%d,\"bytes\":%d,"
                                            .formatted(
                                                    archived.sequence(),
                                                    archived.arrivedAt(),
                                                    frame.events().size(),
                                                    archived.frame().length)
                                    + "\"block_bytes\":%d,\"created\":\"%s\",\"producer\":\"%s\"}"
                                            .formatted(
                                                    frame.header().blockBytes(),
                                                    frame.header().createdAt(),
                                                    frame.header().producerId()));
            case Frame.Unreadable frame ->
                    line(
                            "{\"sequence\":\"%s\",\"arrived\":\"%s\",\"bytes\":%d,\"unreadable\":%s}"
                                    .formatted(
                                            archived.sequence(),
                                            archived.arrivedAt(),
                                            archived.frame().length,
                                            JSON.writeValueAsString(frame.why().message())));
        }
    }

    /// A line for each event that is wanted: `{"receipt":…,"body":…}`, and a body that is no
    /// JSON as `body_text`.
    void writeEvents(ArchivedFrame archived) {
        switch (decoder.decode(archived.frame())) {
            case Frame.Readable frame -> frame.events().forEach(this::writeEvent);
            case Frame.Unreadable frame ->
                    err.printf(
                            "frame %s is unreadable: %s%n",
                            archived.sequence(), frame.why().message());
        }
    }

    private void writeEvent(SectionedEvent event) {
        Receipt receipt;
        try {
            receipt = Receipt.decode(event.receipt());
        } catch (IllegalArgumentException damaged) {
            err.println("an event is passed over: " + damaged.getMessage());
            return;
        }
        if (!isFull() && wanted.takes(receipt, event)) {
            String body = event.body().asUtf8();
            line(
                    "{\"receipt\":"
                            + oneLine(event.receipt().asUtf8())
                            + (isJson(body)
                                    ? ",\"body\":" + oneLine(body)
                                    : ",\"body_text\":" + JSON.writeValueAsString(body))
                            + "}");
        }
    }

    private void line(String line) {
        if (!isFull()) {
            out.println(line);
            written++;
        }
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return !text.isBlank();
        } catch (JacksonException e) {
            return false;
        }
    }

    /// Within a text of JSON there are no line breaks, so any is white space.
    private static String oneLine(String json) {
        return json.replace('\n', ' ').replace('\r', ' ');
    }
}
