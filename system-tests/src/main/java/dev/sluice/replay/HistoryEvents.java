package dev.sluice.replay;

import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.key.PartitionKey;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.reference.Digests;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.ingress.ReceivedEvent;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// Receives the lines of a file of history as the collector's door receives events, with an id and
/// a time of receipt that are the same whenever that is done.
final class HistoryEvents {

    private static final String BACKFILL = "backfill";
    private static final int ID_DIGITS = 32;

    private final BackfillPlan plan;
    private final BodySplitter splitter = new BodySplitter(BodyLimits.DEFAULT);

    HistoryEvents(BackfillPlan plan) {
        this.plan = plan;
    }

    /// A line that the door would not let in.
    static final class RefusedLine extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedLine(String why) {
            super(why);
        }
    }

    ReceivedEvent receive(HistoryLine line) throws RefusedLine {
        ReadEvent read = read(line.event());
        Instant received = received(line.event());
        String ownId = read.fields().eventId();
        EventId id = new EventId(ownId == null ? id(line) : ownId);
        String key =
                PartitionKey.of(
                        plan.tenant(),
                        read.fields().anonymousId(),
                        read.fields().userId(),
                        read.fields().sessionId(),
                        id);
        Receipt receipt =
                new Receipt(id, plan.tenant(), plan.source(), received, key, null, null, null);
        SequenceNumber number = SequenceNumber.of(Long.toString(line.number()));
        return new ReceivedEvent(
                new QuarantineId(BACKFILL, plan.id(), number.toString(), 0),
                number,
                received,
                receipt,
                SectionedEvent.received(receipt.encode(), read.bytes()));
    }

    private ReadEvent read(byte[] event) throws RefusedLine {
        return switch (splitter.split(event, event.length, BodyForm.LINES)) {
            case SplitBody.Elements(List<ReadEvent> events) when events.size() == 1 -> {
                ReadEvent read = events.getFirst();
                if (read.refusal() != null) {
                    throw new RefusedLine(read.refusal().message());
                }
                yield read;
            }
            case SplitBody.Unreadable unreadable -> throw new RefusedLine(unreadable.message());
            case SplitBody.Elements _, SplitBody.TooMany _ ->
                    throw new RefusedLine("the line is not one event");
        };
    }

    private Instant received(byte[] event) throws RefusedLine {
        if (plan.received() != null) {
            return plan.received();
        }
        String text = eventTs(event);
        if (text == null) {
            throw new RefusedLine("there is no event_ts; say --received");
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedLine("event_ts is no time such as 2026-11-21T10:00:00Z");
        }
    }

    private static @Nullable String eventTs(byte[] event) throws RefusedLine {
        try {
            return JsonMapper.shared().readTree(event).path("event_ts").asStringOpt().orElse(null);
        } catch (JacksonException e) {
            throw new RefusedLine("the line is no JSON");
        }
    }

    private String id(HistoryLine line) {
        byte[] owner =
                (plan.tenant().value() + '\n' + plan.source().value() + '\n')
                        .getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[owner.length + line.origin().length];
        System.arraycopy(owner, 0, whole, 0, owner.length);
        System.arraycopy(line.origin(), 0, whole, owner.length, line.origin().length);
        return Digests.sha256(whole).substring(0, ID_DIGITS);
    }
}
