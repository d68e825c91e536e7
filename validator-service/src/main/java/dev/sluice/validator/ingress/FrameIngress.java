package dev.sluice.validator.ingress;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.Rejection;
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
                    Receipt receipt = Receipt.decode(event.receipt());
                    events.add(
                            new ReceivedEvent(
                                    position,
                                    record.sequence(),
                                    record.arrivedAt(),
                                    receipt,
                                    event));
                } catch (IllegalArgumentException e) {
                    rejected.add(
                            new RejectedEvent(
                                    record.sequence(),
                                    QuarantineRecords.eventWithoutReceipt(
                                            position,
                                            record.arrivedAt(),
                                            event,
                                            new Rejection.DecodeFailure(
                                                    String.valueOf(e.getMessage())))));
                }
            }
            return frame.header().blockBytes();
        }

        private RejectedEvent unreadable(Frame.Unreadable frame, StreamRecord record) {
            QuarantineId position = position(record, QuarantineId.WHOLE_FRAME);
            return new RejectedEvent(
                    record.sequence(), QuarantineRecords.frame(position, record, frame));
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
