package dev.sluice.loader.publish;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.metrics.StageMetrics;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Enriched frames of one shard in; quarantine objects, Parquet files and queue entries out.
public final class LoadPipeline implements RecordWindow {

    private final Steps steps;
    private final WindowLimits limits;

    private final Map<Long, List<Row>> hours = new TreeMap<>();
    private final List<QuarantineRecord> refused = new ArrayList<>();
    private long rows;
    private long bytes;
    private @Nullable String shard;
    private @Nullable SequenceNumber first;
    private @Nullable SequenceNumber last;

    /// What the pipeline is made of.
    public record Steps(
            FrameDecoder decoder,
            RowMapper mapper,
            QuarantineStore quarantine,
            CuratedFiles files,
            LoadQueue queue,
            StageMetrics metrics) {}

    public LoadPipeline(Steps steps, WindowLimits limits) {
        this.steps = steps;
        this.limits = limits;
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        FrameRows frame = FrameRows.read(batch, record, steps.decoder(), steps.mapper());
        for (Row row : frame.rows()) {
            hours.computeIfAbsent(row.eventHour(), _ -> new ArrayList<>()).add(row);
        }
        refused.addAll(frame.refused());
        rows += frame.rows().size();
        bytes += frame.bytes();
        shard = batch.shard().value();
        first = first == null ? record.sequence() : first;
        last = record.sequence();
        steps.metrics().seen(batch);
    }

    @Override
    public void publish() {
        steps.quarantine().write(refused);
        for (Map.Entry<Long, List<Row>> hour : hours.entrySet()) {
            LoadFile file =
                    steps.files().publish(new HourRows(hour.getKey(), hour.getValue()), name());
            steps.queue().add(file);
        }
        steps.metrics().recorded(tally());
        discard();
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return rows < limits.maxRows() && bytes < limits.maxBytes();
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    @Override
    public void discard() {
        hours.clear();
        refused.clear();
        rows = 0;
        bytes = 0;
        first = null;
        last = null;
    }

    private Tally tally() {
        return new Tally(rows + refused.size(), rows, refused.size(), 0, 0);
    }

    /// Named by what it is made from: another window never has the same name and other rows.
    private String name() {
        return shard + "-" + Objects.requireNonNull(first) + "-" + Objects.requireNonNull(last);
    }
}
