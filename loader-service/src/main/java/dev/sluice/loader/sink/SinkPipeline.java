package dev.sluice.loader.sink;

import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Enriched frames of one shard in; rows in a sink and dead letters out. Keeps no state: to write a
/// row again changes nothing.
public final class SinkPipeline implements RecordWindow {

    private final SinkSteps steps;
    private final SinkLimits limits;
    private final SuppressionCheck suppressed;
    private final SinkReader reader;

    private List<SinkRow> rows = new ArrayList<>();
    private final List<RefusedRow> refused = new ArrayList<>();
    private SinkTally tally = new SinkTally();
    private long bytes;
    private String shard = "";
    private Instant arrivedAt = Instant.EPOCH;
    private @Nullable SequenceNumber first;
    private @Nullable SequenceNumber last;

    /// @param suppressed of this shard alone
    public SinkPipeline(SinkSteps steps, SinkLimits limits, SuppressionCheck suppressed) {
        this.steps = steps;
        this.limits = limits;
        this.suppressed = suppressed;
        this.reader = new SinkReader(steps.decoder(), steps.rows(), steps.rules());
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        SinkReader.Found found = reader.read(batch, record);
        rows.addAll(found.rows());
        tally.filtered += found.filtered();
        tally.unreadable += found.unreadable();
        bytes += found.bytes();
        if (first == null) {
            shard = batch.shard().value();
            arrivedAt = record.arrivedAt();
            first = record.sequence();
        }
        last = record.sequence();
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return rows.size() < limits.maxRows() && bytes < limits.maxBytes();
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    /// Looks at the list of the erased as late as it can. When it throws, what the sink has taken
    /// or refused is not offered to it again.
    @Override
    public void publish() {
        dropSuppressed();
        deliver();
        steps.letters().write(name(), arrivedAt, refused);
        steps.metrics().recorded(tally);
        discard();
    }

    @Override
    public void discard() {
        rows = new ArrayList<>();
        refused.clear();
        tally = new SinkTally();
        bytes = 0;
        first = null;
        last = null;
    }

    private void dropSuppressed() {
        int before = rows.size();
        rows.removeIf(
                row ->
                        suppressed.covers(
                                row.receipt().tenantId(),
                                row.receipt().receivedTs(),
                                row::subjects));
        tally.suppressed += before - rows.size();
    }

    private void deliver() {
        Delivery delivery = new Delivery(steps, name());
        delivery.bring(rows);
        rows = new ArrayList<>(delivery.later());
        refused.addAll(delivery.refused());
        tally.refused += delivery.refused().size();
        tally.written += delivery.written();
        tally.superseded += delivery.superseded();
        RuntimeException why = delivery.why();
        if (why != null) {
            throw why;
        }
    }

    /// Named by the records that it is made from.
    private String name() {
        return shard + "-" + Objects.requireNonNull(first) + "-" + Objects.requireNonNull(last);
    }
}
