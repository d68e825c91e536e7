package dev.sluice.runtime.kcl;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardHandlerFactory;

import java.util.concurrent.CountDownLatch;

/// Handlers that do something at the wrong time.
final class Handlers {

    private Handlers() {}

    /// Stands still with the first batch in hand.
    ///
    /// @param inside opens when it stands
    /// @param goOn lets it go on
    static ShardHandlerFactory pausing(
            ShardHandlerFactory real, CountDownLatch inside, CountDownLatch goOn) {
        return start -> new Pausing(real.open(start), inside, goOn);
    }

    private record Pausing(ShardHandler real, CountDownLatch inside, CountDownLatch goOn)
            implements ShardHandler {

        @Override
        public AckToken handle(RecordBatch batch) {
            if (!batch.records().isEmpty()) {
                inside.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TransientFailure("interrupted at " + batch.shard(), e);
                }
            }
            return real.handle(batch);
        }

        @Override
        public AckToken drain() {
            return real.drain();
        }

        @Override
        public void beforeCheckpoint(SequenceNumber upTo) {
            real.beforeCheckpoint(upTo);
        }

        @Override
        public void afterCheckpoint(SequenceNumber upTo) {
            real.afterCheckpoint(upTo);
        }

        @Override
        public void beforeShardEnd() {
            real.beforeShardEnd();
        }

        @Override
        public void abandon() {
            real.abandon();
        }
    }
}
