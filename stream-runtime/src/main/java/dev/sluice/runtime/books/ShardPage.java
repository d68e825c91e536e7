package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A page while a shard counts on it.
final class ShardPage {

    /// About what a page takes on the heap, and a tenant on it.
    private static final int PAGE_BYTES = 512;

    private static final int TENANT_BYTES = 192;
    private static final long SECONDS = 60;

    private final String shard;
    private final long minute;
    private final SequenceNumber from;
    private final Map<String, OutcomeCounter> counters = new LinkedHashMap<>();
    private SequenceNumber upTo;
    private boolean due;
    private long turn;

    /// @param minute since 1970
    ShardPage(String shard, long minute, SequenceNumber from) {
        this.shard = shard;
        this.minute = minute;
        this.from = from;
        upTo = from;
    }

    /// @param now the turn in which this happens
    void add(SequenceNumber record, String tenant, OutcomeCounter counted, long now) {
        counters.computeIfAbsent(tenant, key -> new OutcomeCounter()).add(counted);
        upTo = record;
        due = true;
        turn = now;
    }

    /// Whether the store may not have its latest state.
    boolean due() {
        return due;
    }

    void stored() {
        due = false;
    }

    boolean changedAfter(long otherTurn) {
        return turn > otherTurn;
    }

    long minute() {
        return minute;
    }

    BookPage.Id id(String stage) {
        return new BookPage.Id(stage, shard, start(), from);
    }

    BookPage page(String stage) {
        Map<String, BookCounts> counts = LinkedHashMap.newLinkedHashMap(counters.size());
        counters.forEach((tenant, counter) -> counts.put(tenant, counter.counts()));
        return new BookPage(stage, shard, start(), from, upTo, counts);
    }

    private Instant start() {
        return Instant.ofEpochSecond(minute * SECONDS);
    }

    long bytes() {
        return PAGE_BYTES + (long) TENANT_BYTES * counters.size();
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(shard);
        out.writeLong(minute);
        Compact.write(from, out);
        Compact.write(upTo, out);
        out.writeBoolean(due);
        Compact.write(counters.size(), out);
        for (Map.Entry<String, OutcomeCounter> counter : counters.entrySet()) {
            out.writeUTF(counter.getKey());
            counter.getValue().write(out);
        }
    }

    static ShardPage read(DataInput in) throws IOException {
        ShardPage page = new ShardPage(in.readUTF(), in.readLong(), Compact.readSequence(in));
        page.upTo = Compact.readSequence(in);
        page.due = in.readBoolean();
        int tenants = Compact.readCount(in);
        for (int i = 0; i < tenants; i++) {
            page.counters.put(in.readUTF(), OutcomeCounter.read(in));
        }
        return page;
    }
}
