package dev.sluice.collector;

import dev.sluice.collector.egress.DoorBooks;
import dev.sluice.collector.egress.DurableEvents;
import dev.sluice.collector.process.body.BodySplitter;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.door.AdmittedBatch;
import dev.sluice.collector.process.door.Door;
import dev.sluice.collector.process.door.Origin;

import java.util.List;

/// A request's body in; its events on the raw stream; then, and only then, the outcome.
/// Thread-safe.
public final class CollectPipeline {

    private final BodySplitter splitter;
    private final Door door;
    private final DurableEvents stream;
    private final DoorBooks books;
    private final CollectMetrics metrics;

    public CollectPipeline(
            BodySplitter splitter,
            Door door,
            DurableEvents stream,
            DoorBooks books,
            CollectMetrics metrics) {
        this.splitter = splitter;
        this.door = door;
        this.stream = stream;
        this.books = books;
        this.metrics = metrics;
    }

    /// @throws RuntimeException one of `runtime.failure`, if the stream may not have the events
    public CollectOutcome collect(CollectRequest request) {
        SplitBody body = splitter.split(request.body(), request.length(), request.form());
        return switch (body) {
            case SplitBody.Elements elements -> collect(elements.events(), request.origin(), false);
            case SplitBody.Unreadable why -> new CollectOutcome.Unreadable(why);
            case SplitBody.TooMany many -> new CollectOutcome.TooMany(many.maxEvents());
        };
    }

    /// Takes events of senders that would not hear why one is bad: those go to the quarantine even
    /// when there is no good one.
    ///
    /// @throws RuntimeException one of `runtime.failure`, if the stream may not have the events
    public CollectOutcome keep(List<ReadEvent> events, Origin origin) {
        return collect(events, origin, true);
    }

    private CollectOutcome collect(List<ReadEvent> events, Origin origin, boolean keepsBad) {
        AdmittedBatch batch = door.admit(events, origin);
        if (batch.received() == 0) {
            return new CollectOutcome.NoEvents();
        }
        if (batch.accepted() == 0 && !keepsBad) {
            metrics.refused(batch);
            return new CollectOutcome.NothingGood(batch);
        }
        publish(batch); // throws: there is no outcome
        books.accepted(origin, batch.received());
        metrics.stored(batch);
        return new CollectOutcome.Stored(batch);
    }

    private void publish(AdmittedBatch batch) {
        try {
            stream.publish(batch.events());
        } catch (RuntimeException failure) {
            metrics.failed(batch);
            throw failure;
        }
    }
}
