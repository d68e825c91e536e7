package dev.sluice.loader.compact;

import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedSchema;

import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Finds the rows of an hour that are copies of others, as the warehouse does, load by load: of an
/// event's receipts the one stays that was loaded first, of those loaded together the first; of the
/// rows with that receipt the one loaded last, of those loaded together the one enriched last.
///
/// Rows are told apart by 128 bits of a digest of tenant and event id. They lie on disk in as many
/// parts as keep each within the memory.
final class Receipts implements AutoCloseable {

    /// Of the rows that are added: the key is the event, the values say which of its rows stays.
    static final List<String> KEY = List.of("tenant_id", "event_id");

    static final List<String> COLUMNS =
            List.of("tenant_id", "event_id", "received_ts", "enriched_ts");

    private static final int FIELDS = 6;
    private static final int RECEIVED = 2;
    private static final int ENRICHED = 3;
    private static final int LOADED = 4;
    private static final int ORDINAL = 5;
    private static final int ENTRY_BYTES = FIELDS * Long.BYTES;

    /// A table of slots of twice as many entries, besides the entries themselves.
    private static final int MEMORY_PER_ENTRY = ENTRY_BYTES + 4 * Integer.BYTES;

    private final PackedSchema schema;
    private final int received;
    private final int enriched;
    private final List<Path> parts = new ArrayList<>();
    private final List<OutputStream> outputs = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private final ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES);
    private long receivedAt;
    private long enrichedAt;
    private long rows;

    /// @param schema of the rows, with these columns and this key
    /// @param expected rows, about
    /// @param memory in bytes for one part
    Receipts(PackedSchema schema, long expected, long memory, Path folder) throws IOException {
        this.schema = schema;
        this.received = schema.type().getFieldIndex("received_ts");
        this.enriched = schema.type().getFieldIndex("enriched_ts");
        long count = 1 + expected * MEMORY_PER_ENTRY / memory;
        for (int i = 0; i < count; i++) {
            Path part = Files.createTempFile(folder, "receipts", "");
            parts.add(part);
            outputs.add(new BufferedOutputStream(Files.newOutputStream(part)));
        }
    }

    /// @param loadedAt not before that of the row that was added before
    void add(PackedRow row, Instant loadedAt) throws IOException {
        digest.update(row.bytes(), 0, row.keyLength());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        long high = hash.getLong();
        long low = hash.getLong();
        receivedAt = 0;
        enrichedAt = Long.MIN_VALUE;
        schema.walk(row, this::take);
        entry.clear()
                .putLong(high)
                .putLong(low)
                .putLong(receivedAt)
                .putLong(enrichedAt)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, loadedAt))
                .putLong(rows++);
        int part = Math.floorMod(Long.hashCode(high), outputs.size());
        outputs.get(part).write(entry.array());
    }

    private void take(int column, PrimitiveTypeName type, ByteBuffer at) {
        if (column == received) {
            receivedAt = at.getLong();
        } else if (column == enriched) {
            enrichedAt = at.getLong();
        }
    }

    /// The rows that do not stay, by the order in which they were added.
    BitSet copies() throws IOException {
        for (OutputStream output : outputs) {
            output.close();
        }
        BitSet copies = new BitSet();
        for (Path part : parts) {
            LongBuffer entries = ByteBuffer.wrap(Files.readAllBytes(part)).asLongBuffer();
            find(entries, copies);
        }
        return copies;
    }

    private static void find(LongBuffer entries, BitSet copies) {
        int count = entries.limit() / FIELDS;
        int[] slots = new int[Math.max(1, Integer.highestOneBit(Math.max(1, count)) * 4)];
        BitSet restated = new BitSet(); // entries whose receipt was loaded before them too
        for (int i = 0; i < count; i++) {
            int slot = (int) entries.get(i * FIELDS + 1) & slots.length - 1;
            while (slots[slot] != 0 && !sameEvent(entries, slots[slot] - 1, i)) {
                slot = slot + 1 & slots.length - 1;
            }
            int before = slots[slot] - 1;
            if (before < 0) {
                slots[slot] = i + 1;
            } else if (stays(entries, i, before, restated.get(before))) {
                copies.set(ordinal(entries, before));
                slots[slot] = i + 1;
                restated.set(
                        i,
                        restated.get(before)
                                || field(entries, i, LOADED) > field(entries, before, LOADED));
            } else {
                copies.set(ordinal(entries, i));
            }
        }
    }

    private static boolean sameEvent(LongBuffer entries, int one, int other) {
        return entries.get(one * FIELDS) == entries.get(other * FIELDS)
                && entries.get(one * FIELDS + 1) == entries.get(other * FIELDS + 1);
    }

    /// Whether a later row stays instead of an earlier one.
    ///
    /// @param restated whether the earlier row's receipt was loaded before that row was
    private static boolean stays(LongBuffer entries, int later, int earlier, boolean restated) {
        boolean together = field(entries, later, LOADED) == field(entries, earlier, LOADED);
        int byReceipt =
                Long.compare(field(entries, later, RECEIVED), field(entries, earlier, RECEIVED));
        if (byReceipt != 0) {
            return together && !restated && byReceipt < 0;
        }
        return !together || field(entries, later, ENRICHED) >= field(entries, earlier, ENRICHED);
    }

    private static int ordinal(LongBuffer entries, int entry) {
        return Math.toIntExact(field(entries, entry, ORDINAL));
    }

    private static long field(LongBuffer entries, int entry, int field) {
        return entries.get(entry * FIELDS + field);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            for (OutputStream output : outputs) {
                output.close();
            }
            for (Path part : parts) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
