package dev.sluice.collector.egress.spill;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.publish.Keyed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Leaves most of the stream to live events: sends a piece, then rests for a multiple of the time
/// that took. An idle stream takes pieces in no time and is used well; one that throttles makes its
/// own pauses longer. For one thread.
public final class PacedStream implements Consumer<List<Keyed<SectionedEvent>>> {

    /// A quarter of the time is spent sending.
    private static final int REST = 3;

    private static final long LONGEST_REST = Duration.ofSeconds(5).toNanos();

    private final Consumer<List<Keyed<SectionedEvent>>> stream;
    private final long pieceBytes;
    private final LongSupplier nanos;
    private final Pause pause;

    /// Waits.
    @FunctionalInterface
    interface Pause {
        void of(long nanos) throws InterruptedException;
    }

    /// @param stream returns when it has the events, or throws
    /// @param pieceBytes of events that are sent at once
    public PacedStream(Consumer<List<Keyed<SectionedEvent>>> stream, long pieceBytes) {
        this(stream, pieceBytes, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    PacedStream(
            Consumer<List<Keyed<SectionedEvent>>> stream,
            long pieceBytes,
            LongSupplier nanos,
            Pause pause) {
        this.stream = stream;
        this.pieceBytes = pieceBytes;
        this.nanos = nanos;
        this.pause = pause;
    }

    /// Returns when the stream has all of them.
    ///
    /// @throws TransientFailure if not, or if the thread is interrupted; it may have some
    @Override
    public void accept(List<Keyed<SectionedEvent>> events) {
        for (int from = 0; from < events.size(); ) {
            int to = end(events, from);
            long start = nanos.getAsLong();
            stream.accept(events.subList(from, to));
            rest(nanos.getAsLong() - start);
            from = to;
        }
    }

    private int end(List<Keyed<SectionedEvent>> events, int from) {
        long bytes = 0;
        int to = from;
        while (to < events.size() && bytes < pieceBytes) {
            bytes += events.get(to).value().size();
            to++;
        }
        return to;
    }

    private void rest(long sending) {
        try {
            pause.of(Math.min(REST * sending, LONGEST_REST));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("interrupted before all that was spilled is sent on", e);
        }
    }
}
