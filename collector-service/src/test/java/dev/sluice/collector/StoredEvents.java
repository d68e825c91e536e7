package dev.sluice.collector;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.StreamName;

import java.util.List;

/// What a reader of the raw stream finds.
record StoredEvents(List<SectionedEvent> events) {

    static final StreamName RAW = new StreamName(Streams.RAW);

    static StoredEvents of(MemoryStreams streams) {
        return ofRecords(streams.records(RAW).stream().map(record -> record.data()).toList());
    }

    static StoredEvents ofRecords(List<byte[]> records) {
        FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
        return new StoredEvents(
                records.stream().flatMap(data -> read(decoder, data).stream()).toList());
    }

    List<String> bodies() {
        return events.stream().map(event -> event.body().asUtf8()).toList();
    }

    List<Receipt> receipts() {
        return events.stream().map(event -> Receipt.decode(event.receipt())).toList();
    }

    List<String> ids() {
        return receipts().stream().map(receipt -> receipt.eventId().value()).toList();
    }

    private static List<SectionedEvent> read(FrameDecoder decoder, byte[] data) {
        return switch (decoder.decode(data)) {
            case Frame.Readable frame -> frame.events();
            case Frame.Unreadable unreadable ->
                    throw new AssertionError(unreadable.why().message());
        };
    }
}
