package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What one stage counted, of the events received in one minute, on one shard, since it opened the
/// page. The sum over all pages of a stage and minute is what the stage made of that minute.
///
/// @param stage the service's name for itself, such as `validator`
/// @param shard of the stream that the stage reads; for a stage that reads none, the name of its
///     process
/// @param minute of receipt, in which `received_ts` of its events lies
/// @param from the record it was opened for. A page that was closed and is needed again is
///     another page
/// @param upTo the last record that it counts something of
/// @param counts by tenant, cumulative since `from`, in the order in which the tenants came, so
///     that a later state of the page only adds at the end; the empty tenant is that of events
///     nobody could read
public record BookPage(
        String stage,
        String shard,
        Instant minute,
        SequenceNumber from,
        SequenceNumber upTo,
        Map<String, BookCounts> counts) {

    /// Names a page for ever.
    public record Id(String stage, String shard, Instant minute, SequenceNumber from) {}

    public BookPage {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    public Id id() {
        return new Id(stage, shard, minute, from);
    }
}
