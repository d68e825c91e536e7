package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// What became of the events of some records, counted while it happens and entered into {@link
/// ShardBooks} once all of it is durable. A record is counted whole: all its events are in the same
/// entries. The order of the calls does not matter; those for one record, minute and tenant cost
/// least in a row. For one thread.
public final class BookEntries {

    private static final int SECONDS = 60;

    /// The events of one record that were received in one minute, of one tenant.
    record Key(SequenceNumber record, long minute, String tenant) {

        static final Comparator<Key> ORDER =
                Comparator.comparing(Key::record)
                        .thenComparingLong(Key::minute)
                        .thenComparing(Key::tenant);

        boolean is(SequenceNumber otherRecord, long otherMinute, String otherTenant) {
            return minute == otherMinute
                    && record.equals(otherRecord)
                    && tenant.equals(otherTenant);
        }
    }

    private final Map<Key, OutcomeCounter> counters = new TreeMap<>(Key.ORDER);
    private @Nullable Key lastKey;
    private OutcomeCounter last = new OutcomeCounter();

    /// An event went on to the next stage.
    ///
    /// @param record that held it
    /// @param receivedTs of its receipt; for what cannot be read, when the record arrived
    /// @param tenant whose it is; empty for what cannot be read
    public void published(SequenceNumber record, Instant receivedTs, String tenant) {
        counter(record, receivedTs, tenant).published++;
    }

    /// An event went into the quarantine.
    public void rejected(SequenceNumber record, Instant receivedTs, String tenant) {
        counter(record, receivedTs, tenant).rejected++;
    }

    /// An event is a copy of one that came before.
    public void duplicate(SequenceNumber record, Instant receivedTs, String tenant) {
        counter(record, receivedTs, tenant).duplicates++;
    }

    /// An event was dropped because its subject was erased.
    public void suppressed(SequenceNumber record, Instant receivedTs, String tenant) {
        counter(record, receivedTs, tenant).suppressed++;
    }

    /// An event that the stage before sent again after a crash; it counts as nothing else.
    public void replayed(SequenceNumber record, Instant receivedTs, String tenant) {
        counter(record, receivedTs, tenant).replayed++;
    }

    /// All of it together.
    public BookCounts total() {
        OutcomeCounter total = new OutcomeCounter();
        counters.values().forEach(total::add);
        return total.counts();
    }

    /// In the order of the records.
    Map<Key, OutcomeCounter> inOrder() {
        return counters;
    }

    private OutcomeCounter counter(SequenceNumber record, Instant receivedTs, String tenant) {
        long minute = Math.floorDiv(receivedTs.getEpochSecond(), SECONDS);
        if (lastKey == null || !lastKey.is(record, minute, tenant)) {
            lastKey = new Key(record, minute, tenant);
            last = counters.computeIfAbsent(lastKey, key -> new OutcomeCounter());
        }
        return last;
    }
}
