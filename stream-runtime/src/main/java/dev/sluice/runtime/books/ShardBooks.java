package dev.sluice.runtime.books;

import dev.sluice.runtime.state.StatePart;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pages that one stage counts on for one shard.
///
/// Which pages there are, and what is on them, follows from the records alone: neither the batches
/// they came in, nor when pages were stored, makes a difference. So whoever reads the same records
/// again, after a crash or in vain after losing the lease, stores the same pages under the same
/// names, and the store keeps for each the one that goes furthest.
///
/// A bounded number of pages is open. Past it the one that was counted on least recently is closed
/// and, once stored, forgotten; if its minute comes up again that is another page. So receipts with
/// impossible times, from a clock that is wrong, cost pages and nothing else.
public final class ShardBooks implements StatePart {

    private static final int VERSION = 1;
    private static final int MAX_OPEN = 256;

    /// Pages that wait for the store though they are closed. More come together only when the store
    /// is away while receipts jump between hundreds of minutes.
    private static final int MAX_WAITING = 2048;

    private final String shard;
    private final BooksWriter writer;
    private final int maxOpen;
    private final int maxWaiting;

    /// By minute; the one that was counted on least recently comes first.
    private final Map<Long, ShardPage> open = new LinkedHashMap<>(64, 0.75f, true);

    /// Closed, or a parent shard's, and perhaps not stored.
    private final Map<BookPage.Id, ShardPage> waiting = new LinkedHashMap<>();

    private long turn;
    private long written;
    private long kept;

    /// The store may lack pages that nothing new was counted on.
    private boolean behind;

    public ShardBooks(ShardId shard, BooksWriter writer) {
        this(shard, writer, MAX_OPEN, MAX_WAITING);
    }

    ShardBooks(ShardId shard, BooksWriter writer, int maxOpen, int maxWaiting) {
        this.shard = shard.value();
        this.writer = writer;
        this.maxOpen = maxOpen;
        this.maxWaiting = maxWaiting;
    }

    /// Enters what became of records, now that all of it is durable. Their numbers are above those
    /// of all records entered before.
    public void add(BookEntries entries) {
        turn++;
        entries.inOrder()
                .forEach(
                        (key, counted) ->
                                page(key.minute(), key.record())
                                        .add(key.record(), key.tenant(), counted, turn));
    }

    /// Puts what changed into the store. Never throws: what could not be stored stays due, here and
    /// in the snapshots, and the writer counts the failure.
    ///
    /// @return whether the store has everything
    public boolean flush() {
        List<ShardPage> due = new ArrayList<>(waiting.values());
        open.values().stream().filter(ShardPage::due).forEach(due::add);
        behind = !writer.put(due.stream().map(page -> page.page(writer.stage())).toList());
        if (behind) {
            return false;
        }
        due.forEach(ShardPage::stored);
        waiting.clear();
        return true;
    }

    /// Puts what the last flush could not, or another process or parent shard may not have put. For
    /// the times without records, which have no checkpoints either.
    public void catchUp() {
        if (behind) {
            flush();
        }
    }

    @Override
    public void writeAll(DataOutput out) throws IOException {
        write(open.values(), out);
    }

    @Override
    public void writeChanges(DataOutput out) throws IOException {
        write(open.values().stream().filter(page -> page.changedAfter(kept)).toList(), out);
    }

    @Override
    public void kept() {
        kept = written;
    }

    @Override
    public void read(DataInput in) throws IOException {
        checkVersion(in);
        for (ShardPage page : readPages(in)) {
            open.put(page.minute(), page);
        }
        while (open.size() > maxOpen) {
            removeOldest();
        }
        waiting.clear();
        readPages(in).forEach(this::await);
        behind = true;
    }

    /// A shard opens pages of its own. Of its parents' it takes those that the store may not have,
    /// to put them there under the parents' names. Children of one parent do the same, which
    /// changes nothing.
    @Override
    public void inherit(DataInput in, HashRange range) throws IOException {
        checkVersion(in);
        List<ShardPage> pages = new ArrayList<>(readPages(in));
        pages.addAll(readPages(in));
        for (ShardPage page : pages) {
            if (page.due()) {
                await(page);
            } else {
                waiting.remove(page.id(writer.stage()));
            }
        }
        behind = true;
    }

    @Override
    public void clear() {
        open.clear();
        waiting.clear();
        behind = false;
    }

    @Override
    public long bytes() {
        return bytes(open.values()) + bytes(waiting.values());
    }

    private ShardPage page(long minute, SequenceNumber record) {
        ShardPage page = open.get(minute);
        if (page == null) {
            page = new ShardPage(shard, minute, record);
            open.put(minute, page);
            if (open.size() > maxOpen) {
                ShardPage closed = removeOldest();
                if (closed.due()) {
                    await(closed);
                }
            }
        }
        return page;
    }

    private ShardPage removeOldest() {
        Iterator<ShardPage> pages = open.values().iterator();
        ShardPage oldest = pages.next();
        pages.remove();
        return oldest;
    }

    private void await(ShardPage page) {
        waiting.put(page.id(writer.stage()), page);
        if (waiting.size() > maxWaiting) {
            waiting.remove(waiting.keySet().iterator().next());
            writer.lost();
        }
    }

    private void write(Collection<ShardPage> pages, DataOutput out) throws IOException {
        written = turn;
        out.writeByte(VERSION);
        writePages(pages, out);
        writePages(waiting.values(), out);
    }

    private static void writePages(Collection<ShardPage> pages, DataOutput out) throws IOException {
        Compact.write(pages.size(), out);
        for (ShardPage page : pages) {
            page.write(out);
        }
    }

    private static List<ShardPage> readPages(DataInput in) throws IOException {
        int count = Compact.readCount(in);
        List<ShardPage> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(ShardPage.read(in));
        }
        return pages;
    }

    private static void checkVersion(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("pages of the books in version " + version);
        }
    }

    private static long bytes(Collection<ShardPage> pages) {
        return pages.stream().mapToLong(ShardPage::bytes).sum();
    }
}
