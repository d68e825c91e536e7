package dev.sluice.enricher.process.replay;

import dev.sluice.contracts.event.EventOrigin;
import dev.sluice.enricher.ingress.ReceivedBatch;
import dev.sluice.enricher.ingress.ReceivedEvent;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.OriginPosition;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import java.util.ArrayList;
import java.util.List;

/// Keeps back the events of a shard that the validator has sent again.
public final class ReplayFilter {

    private final OriginMarks marks;

    public ReplayFilter(OriginMarks marks) {
        this.marks = marks;
    }

    /// What comes for the first time counts as seen from here on, until a rollback.
    public FreshBatch apply(ReceivedBatch received) {
        List<ReceivedEvent> fresh = new ArrayList<>(received.events().size());
        List<ReceivedEvent> replayed = new ArrayList<>(0);
        String sequence = "";
        SequenceNumber record = received.upTo();
        for (ReceivedEvent event : received.events()) {
            if (!event.position().sequence().equals(sequence)) {
                sequence = event.position().sequence();
                record = SequenceNumber.of(sequence);
            }
            (isReplay(event, record) ? replayed : fresh).add(event);
        }
        return new FreshBatch(fresh, replayed, received.rejected(), received.upTo());
    }

    /// All that was made of the slices so far is durable.
    ///
    /// @return how many marks had to be forgotten for it
    public long commit() {
        long before = marks.forgotten();
        marks.commit();
        return marks.forgotten() - before;
    }

    /// Slices since the last commit will come again.
    public void rollback() {
        marks.rollback();
    }

    private boolean isReplay(ReceivedEvent event, SequenceNumber record) {
        EventOrigin origin = event.origin();
        if (origin == null) {
            return false;
        }
        OriginPosition position =
                new OriginPosition(new SequenceNumber(origin.sequence()), origin.index());
        return !marks.take(record, new ShardId(origin.shard()), position, event.key());
    }
}
