package dev.sluice.enricher.forward;

import dev.sluice.enricher.egress.DomainMetrics;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;

import org.jspecify.annotations.Nullable;

/// Records of one shard of the derived stream in; their domain events on the bus, and dead letters
/// for what it will never take; the token last.
///
/// Nothing is remembered beyond the process: what a crash leaves unacknowledged is put again, with
/// the same ids.
public final class ForwardPipeline implements ShardHandler {

    private final DerivedIngress ingress;
    private final BusSender sender;
    private final DeadLetters deadLetters;
    private final DomainMetrics metrics;
    private @Nullable SequenceNumber done;

    public ForwardPipeline(
            DerivedIngress ingress, EventBus bus, DeadLetters deadLetters, DomainMetrics metrics) {
        this.ingress = ingress;
        this.sender = new BusSender(bus);
        this.deadLetters = deadLetters;
        this.metrics = metrics;
    }

    /// Whatever throws leaves the batch unacknowledged; of it only what is not settled is put
    /// again when it is offered again.
    @Override
    public AckToken handle(RecordBatch batch) {
        ReadSlice read = ingress.next(batch, done);
        while (read != null) {
            SentSlice sent = sender.send(read);
            deadLetters.keep(sent.refused(), read.unreadable());
            count(read, sent);
            sender.done();
            done = read.upTo();
            read = ingress.next(batch, done);
        }
        return batch.token();
    }

    private void count(ReadSlice read, SentSlice sent) {
        sent.forwarded().forEach(event -> metrics.forwarded(event.rule()));
        sent.refused().forEach(refused -> metrics.refused(refused.event().rule()));
        metrics.unreadable(read.unreadable().size());
    }
}
