package dev.sluice.replay;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;
import dev.sluice.validator.ingress.FrameIngress;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens archived frames as the validator opens those of the stream, and keeps the events of some
/// devices. A frame that nobody can read was refused when it came, and stays so.
final class SliceReader {

    private static final StreamName RAW = new StreamName(Streams.RAW);
    private static final long ALL = Long.MAX_VALUE;

    private final FrameIngress ingress =
            new FrameIngress(new FrameDecoder(FrameLimits.DEFAULT), ALL);
    private final HashRange keys;
    private final PastRefusals refusals;

    SliceReader(HashRange keys, PastRefusals refusals) {
        this.keys = keys;
        this.refusals = refusals;
    }

    /// Events to be taken, and how many are to be left.
    record Slice(ReceivedBatch received, int left) {}

    /// The events of frames in their order.
    ///
    /// @param frames one or more
    Slice read(List<ArchivedRecord> frames) {
        List<ReceivedEvent> events = new ArrayList<>();
        int left = 0;
        for (ArchivedRecord archived : frames) {
            for (ReceivedBatch received : ingress.slices(batch(archived))) {
                for (ReceivedEvent event : received.events()) {
                    if (!keys.contains(HashKey.of(event.receipt().partitionKey()))) {
                        continue;
                    }
                    if (refusals.cover(event.position(), event.receipt())) {
                        left++;
                    } else {
                        events.add(event);
                    }
                }
            }
        }
        return new Slice(
                new ReceivedBatch(events, List.of(), frames.getLast().frame().sequence()), left);
    }

    private static RecordBatch batch(ArchivedRecord archived) {
        StreamRecord record =
                new StreamRecord(
                        archived.frame().sequence(),
                        archived.frame().arrivedAt(),
                        archived.frame().frame());
        return new RecordBatch(
                RAW,
                new ShardId(archived.place()),
                List.of(record),
                Duration.ZERO,
                AckToken.none());
    }
}
