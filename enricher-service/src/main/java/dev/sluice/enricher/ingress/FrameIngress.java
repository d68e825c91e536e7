package dev.sluice.enricher.ingress;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Opens the frames of a batch, a slice at a time: ten megabytes of records can hold gigabytes of
/// events. What cannot be read is a rejection; it never stops the shard.
public final class FrameIngress {

    private final FrameDecoder decoder;
    private final long sliceBytes;

    /// @param sliceBytes decompressed bytes at which a slice is closed; it exceeds them by at most
    ///     one frame
    public FrameIngress(FrameDecoder decoder, long sliceBytes) {
        this.decoder = decoder;
        this.sliceBytes = sliceBytes;
    }

    /// The batch in slices, in order; none when it has no records. Every pass over it reads anew.
    public Iterable<ReceivedBatch> slices(RecordBatch batch) {
        return () -> new Slices(batch);
    }

    private final class Slices implements Iterator<ReceivedBatch> {
        private final RecordBatch batch;
        private final OriginCodec origins = new OriginCodec();
        private int next;

        Slices(RecordBatch batch) {
            this.batch = batch;
        }

        @Override
        public boolean hasNext() {
            return next < batch.records().size();
        }

        @Override
        public ReceivedBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            List<ReceivedEvent> events = new ArrayList<>();
            List<RejectedEvent> rejected = new ArrayList<>();
            long bytes = 0;
            while (hasNext() && bytes < sliceBytes) {
                StreamRecord record = batch.records().get(next++);
                bytes +=
                        switch (decoder.decode(record.data())) {
                            case Frame.Readable frame -> open(frame, record, events, rejected);
                            case Frame.Unreadable frame -> {
                                rejected.add(unreadable(frame, record));
                                yield record.data().length;
                            }
                        };
            }
            return new ReceivedBatch(events, rejected, batch.records().get(next - 1).sequence());
        }

        private long open(
                Frame.Readable frame,
                StreamRecord record,
                List<ReceivedEvent> events,
                List<RejectedEvent> rejected) {
            int index = 0;
            for (SectionedEvent event : frame.events()) {
                QuarantineId position = position(record, index++);
                try {
                    events.add(received(position, record, event));
                } catch (IllegalArgumentException | IllegalStateException e) {
                    String why = String.valueOf(e.getMessage());
                    rejected.add(
                            new RejectedEvent(
                                    record.sequence(),
                                    QuarantineRecords.event(
                                            position, record.arrivedAt(), event, why)));
                }
            }
            return frame.header().blockBytes();
        }

        private RejectedEvent unreadable(Frame.Unreadable frame, StreamRecord record) {
            QuarantineId position = position(record, QuarantineId.WHOLE_FRAME);
            return new RejectedEvent(
                    record.sequence(), QuarantineRecords.frame(position, record, frame));
        }

        private ReceivedEvent received(
                QuarantineId position, StreamRecord record, SectionedEvent event) {
            EventEnvelope envelope = EventEnvelope.of(event);
            Bytes origin = event.origin();
            return new ReceivedEvent(
                    position,
                    record.sequence(),
                    record.arrivedAt(),
                    origin == null ? null : origins.decode(origin),
                    HashKey.of(envelope.receipt().partitionKey()),
                    envelope,
                    event);
        }

        private QuarantineId position(StreamRecord record, int index) {
            return new QuarantineId(
                    batch.stream().value(),
                    batch.shard().value(),
                    record.sequence().toString(),
                    index);
        }
    }
}
