package dev.sluice.loader.window;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;

/// Gathers a shard's records in a window and acknowledges a batch once the window that holds its
/// last record is durable.
public final class WindowedHandler implements ShardHandler {

    private final RecordWindow window;
    private final PublishTimer urgent;
    private final PublishTimer whole;

    private @Nullable SequenceNumber lastTaken;

    /// Of the last batch that was taken whole.
    private AckToken taken = AckToken.none();

    /// Of the last batch of which everything is durable.
    private AckToken durable = AckToken.none();

    /// @param age after which a window is published even if little is in it
    public WindowedHandler(RecordWindow window, WindowAge age, InstantSource clock) {
        this(window, age, age, clock);
    }

    /// @param urgent age after which what is urgent of a window is published
    /// @param whole age after which all of it is
    public WindowedHandler(
            RecordWindow window, WindowAge urgent, WindowAge whole, InstantSource clock) {
        this.window = window;
        this.urgent = new PublishTimer(urgent, clock);
        this.whole = new PublishTimer(whole, clock);
    }

    /// Publishes in the middle of a batch when the window is full. If that throws, the records
    /// taken so far stay in the window and are passed over when the batch is offered again. A batch
    /// may come without the records that are known to be durable, or with none left.
    @Override
    public AckToken handle(RecordBatch batch) {
        if (whole.isDue()) {
            publish();
        } else if (urgent.isDue()) {
            publishUrgent();
        }
        for (StreamRecord record : batch.records()) {
            if (isTaken(record)) {
                continue;
            }
            makeRoomFor(record);
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
        urgent.reset();
        whole.reset();
    }

    private void makeRoomFor(StreamRecord record) {
        if (!window.isEmpty() && !window.hasRoomFor(record)) {
            publishUrgent();
        }
        if (!window.isEmpty() && !window.hasRoomFor(record)) {
            publish();
        }
    }

    private void take(RecordBatch batch, StreamRecord record) {
        urgent.begin();
        whole.begin();
        window.add(batch, record);
        lastTaken = record.sequence();
    }

    private void publishUrgent() {
        urgent.publish(window::publishUrgent);
        if (window.isEmpty()) {
            emptied();
        }
    }

    private void publish() {
        whole.publish(window::publish);
        emptied();
    }

    /// Everything that was taken is durable then, so every batch that was taken whole is.
    private void emptied() {
        urgent.reset();
        whole.reset();
        durable = taken;
    }

    private boolean isTaken(StreamRecord record) {
        return lastTaken != null && record.sequence().compareTo(lastTaken) <= 0;
    }
}
