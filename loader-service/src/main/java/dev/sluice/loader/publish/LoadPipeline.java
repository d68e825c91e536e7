package dev.sluice.loader.publish;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.books.BookEntries;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Enriched frames of one shard in; quarantine records, Parquet files and queue entries out, then
/// what is remembered of them.
///
/// Late events are few and lie in many hours, each of which is a file. So files of events on time
/// come first, and are urgent: late ones may wait for more of their hour.
public final class LoadPipeline implements RecordWindow {

    private final Steps steps;
    private final WindowLimits limits;
    private final ShardMemory memory;
    private final FrameReader reader;

    private final GatheredRows rows = new GatheredRows();
    private final List<QuarantineRecord> refused = new ArrayList<>();
    private BookEntries entries = new BookEntries();
    private long bytes;
    private @Nullable String shard;
    private @Nullable SequenceNumber first;
    private @Nullable SequenceNumber last;

    /// What the pipelines of all shards share.
    public record Steps(
            FrameDecoder decoder,
            Reference<EventRows> rows,
            QuarantineStream quarantine,
            CuratedFiles files,
            LoadQueue queue,
            WindowSpace space,
            PublishMetrics metrics) {}

    /// @param memory of the shard; follows what is published, never what is only gathered
    public LoadPipeline(Steps steps, WindowLimits limits, ShardMemory memory) {
        this.steps = steps;
        this.limits = limits;
        this.memory = memory;
        this.reader = new FrameReader(steps.decoder(), steps.rows(), memory.marks());
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        FrameRows frame = reader.read(batch, record);
        frame.rows().forEach(rows::add);
        refused.addAll(frame.refused());
        frame.enterInto(entries, record.sequence());
        bytes += frame.bytes();
        steps.space().take(frame.bytes());
        shard = batch.shard().value();
        first = first == null ? record.sequence() : first;
        last = record.sequence();
        steps.metrics().seen(batch);
    }

    @Override
    public void publish() {
        steps.quarantine().publish(refused);
        queue(rows::forEachOnTime);
        queue(rows::forEachLate);
        remember(Objects.requireNonNull(last));
        discard();
    }

    /// Nothing is remembered before the rest is durable, too.
    @Override
    public void publishUrgent() {
        if (!rows.hasLate()) {
            publish();
            return;
        }
        steps.quarantine().publish(refused);
        refused.clear();
        queue(rows::forEachOnTime);
        keepLate();
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return rows.size() < limits.maxRows()
                && bytes < limits.maxBytes()
                && !steps.space().isFull();
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    @Override
    public void discard() {
        memory.marks().rollback();
        rows.clear();
        refused.clear();
        entries = new BookEntries();
        steps.space().giveBack(bytes);
        bytes = 0;
        first = null;
        last = null;
    }

    /// All files, then all their entries, which is one request.
    private void queue(Consumer<BiConsumer<FileLayout, HourRows>> hours) {
        List<LoadFile> published = new ArrayList<>();
        hours.accept((layout, hour) -> published.add(steps.files().publish(layout, hour, name())));
        steps.queue().add(published);
    }

    private void keepLate() {
        long before = rows.size();
        rows.keepLate();
        long kept = bytes * rows.size() / before;
        steps.space().giveBack(bytes - kept);
        bytes = kept;
    }

    private void remember(SequenceNumber upTo) {
        long forgotten = memory.marks().forgotten();
        memory.marks().commit();
        memory.books().add(entries);
        memory.state().advance(upTo);
        steps.metrics().recorded(entries.total());
        steps.metrics().forgotten(memory.marks().forgotten() - forgotten);
    }

    /// Named by the records that it is made from.
    private String name() {
        return shard + "-" + Objects.requireNonNull(first) + "-" + Objects.requireNonNull(last);
    }
}
