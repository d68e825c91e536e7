package dev.sluice.loader.window;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Gathers a shard's records in a window and acknowledges a batch once the window that holds its
/// last record is durable.
public final class WindowedHandler implements ShardHandler {

    /// A window stays open for this many times as long as the last one took to publish, so that
    /// publishing takes a bounded part of the time however slow it is.
    private static final int PATIENCE = 4;

    private final RecordWindow window;
    private final WindowAge age;
    private final InstantSource clock;
    private Duration maxAge;

    private Instant openedAt = Instant.MIN;
    private @Nullable SequenceNumber lastTaken;

    /// Of the last batch that was taken whole.
    private AckToken taken = AckToken.none();

    /// Of the last batch of which everything is durable.
    private AckToken durable = AckToken.none();

    /// @param age after which a window is published even if little is in it
    public WindowedHandler(RecordWindow window, WindowAge age, InstantSource clock) {
        this.window = window;
        this.age = age;
        this.maxAge = age.min();
        this.clock = clock;
    }

    /// Publishes in the middle of a batch when the window is full. If that throws, the records
    /// taken so far stay in the window and are passed over when the batch is offered again. A batch
    /// may come without the records that are known to be durable, or with none left.
    @Override
    public AckToken handle(RecordBatch batch) {
        if (!window.isEmpty() && !clock.instant().isBefore(openedAt.plus(maxAge))) {
            publish();
        }
        for (StreamRecord record : batch.records()) {
            if (isTaken(record)) {
                continue;
            }
            if (!window.isEmpty() && !window.hasRoomFor(record)) {
                publish();
            }
            take(batch, record);
        }
        if (!batch.token().equals(AckToken.none())) {
            taken = batch.token();
        }
        if (window.isEmpty()) {
            durable = taken;
        }
        return durable;
    }

    @Override
    public AckToken drain() {
        if (!window.isEmpty()) {
            publish();
        }
        durable = taken;
        return durable;
    }

    @Override
    public void abandon() {
        window.discard();
    }

    private void take(RecordBatch batch, StreamRecord record) {
        if (window.isEmpty()) {
            openedAt = clock.instant();
        }
        window.add(batch, record);
        lastTaken = record.sequence();
    }

    /// Everything in the window is durable then, so every batch that was taken whole is.
    private void publish() {
        Instant began = clock.instant();
        window.publish();
        maxAge = age.bounded(Duration.between(began, clock.instant()).multipliedBy(PATIENCE));
        durable = taken;
    }

    private boolean isTaken(StreamRecord record) {
        return lastTaken != null && record.sequence().compareTo(lastTaken) <= 0;
    }
}
