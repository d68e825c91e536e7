package dev.sluice.loader.quarantine;

import dev.sluice.contracts.rejection.QuarantineBatch;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Quarantine records of one shard in; objects of the quarantine, a Parquet file of their rows and
/// its queue entry out. Of records of erased persons only a row goes on that has nothing of them,
/// so that the books know what became of each. Keeps no state: a record that comes again is known
/// by its id in the warehouse.
public final class QuarantinePipeline implements RecordWindow {

    private static final String STAGE = "loader";

    private final QuarantineFiles files;
    private final SuppressedRecords suppressed;
    private final LoadQueue queue;
    private final long maxBytes;

    /// By quarantine id: a stage that could not remember what it sent sends it again.
    private final Map<String, QuarantineRecord> refused = new LinkedHashMap<>();

    private long bytes;
    private String shard = "";
    private @Nullable SequenceNumber first;
    private @Nullable SequenceNumber last;

    /// @param maxBytes of originals, at which a window is full
    public QuarantinePipeline(
            QuarantineFiles files, SuppressedRecords suppressed, LoadQueue queue, long maxBytes) {
        this.files = files;
        this.suppressed = suppressed;
        this.queue = queue;
        this.maxBytes = maxBytes;
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        for (QuarantineRecord each : read(batch, record)) {
            if (refused.putIfAbsent(each.quarantineId(), each) == null) {
                bytes += each.original().length;
            }
        }
        shard = batch.shard().value();
        first = first == null ? record.sequence() : first;
        last = record.sequence();
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return bytes < maxBytes;
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    /// Looks at the list as late as it can.
    @Override
    public void publish() {
        List<QuarantineRecord> kept = new ArrayList<>();
        List<QuarantineRecord> dropped = new ArrayList<>();
        refused.values().forEach(each -> (suppressed.has(each) ? dropped : kept).add(each));
        queue.add(files.publish(name(), kept, dropped));
        dropped.forEach(suppressed::forget);
        discard();
    }

    @Override
    public void discard() {
        refused.clear();
        bytes = 0;
        first = null;
        last = null;
    }

    /// A record that nobody can read becomes one of the quarantine itself.
    private static List<QuarantineRecord> read(RecordBatch batch, StreamRecord record) {
        try {
            return QuarantineBatch.decode(record.data());
        } catch (IllegalArgumentException e) {
            QuarantineId position =
                    new QuarantineId(
                            batch.stream().value(),
                            batch.shard().value(),
                            record.sequence().toString(),
                            QuarantineId.WHOLE_FRAME);
            return List.of(
                    QuarantineRecord.of(
                            STAGE,
                            position,
                            new Rejection.DecodeFailure(
                                    "a record of %d bytes on the quarantine's stream cannot be read"
                                            .formatted(record.data().length)),
                            null,
                            null,
                            null,
                            record.arrivedAt(),
                            record.data()));
        }
    }

    /// Named by the records that it is made from.
    private String name() {
        return shard + "-" + Objects.requireNonNull(first) + "-" + Objects.requireNonNull(last);
    }
}
