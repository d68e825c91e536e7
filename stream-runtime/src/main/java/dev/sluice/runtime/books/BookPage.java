package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import java.time.Instant;
import java.util.Map;

/// What one stage counted, of the events received in one minute, on one shard, since it opened the
/// page. The sum over all pages of a stage and minute is what the stage made of that minute.
///
/// Stage, shard, minute and the record it was opened with name a page for ever.
///
/// @param stage the service's name for itself, such as `validator`
/// @param shard of the stream that the stage reads; for a stage that reads none, the name of its
///     process
/// @param minute of receipt, in which `received_ts` of its events lies
/// @param from the record it was opened with. A page that was closed and is needed again is
///     another page
/// @param upTo the record it is true for
/// @param counts by tenant, cumulative since `from`; the empty tenant is that of events nobody
///     could read
public record BookPage(
        String stage,
        String shard,
        Instant minute,
        SequenceNumber from,
        SequenceNumber upTo,
        Map<String, BookCounts> counts) {

    public BookPage {
        counts = Map.copyOf(counts);
    }
}
