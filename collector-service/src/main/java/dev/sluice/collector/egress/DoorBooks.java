package dev.sluice.collector.egress;

import dev.sluice.collector.process.door.Origin;
import dev.sluice.runtime.books.BookCounts;
import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.metrics.Tally;
import dev.sluice.runtime.stream.SequenceNumber;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What this process accepted, by minute of receipt and tenant: the first line of the books. The
/// events of a request count once the stream has them and before their sender is told, the bad ones
/// too, since those are accepted and end in the quarantine.
///
/// There is no stream to count again from after a crash. A kill loses what was counted since the
/// last flush, and events whose sender was answered 503 may be on the stream all the same. So this
/// count is a lower bound of what the stream holds; it equals it when nobody was killed and nobody
/// had to send again. Thread-safe.
public final class DoorBooks {

    /// After so many flushes without an event a page is forgotten. A request under way has long
    /// been answered by then; should its minute come up again, that is another page.
    private static final int IDLE_ROUNDS = 100;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String process;
    private final BooksWriter writer;
    private final Map<Instant, Page> pages = new HashMap<>();

    /// Flushes begun, and the one to come; stands for a record's number.
    private long round = 1;

    /// @param process a name that no other process ever had
    public DoorBooks(String process, BooksWriter writer) {
        this.process = process;
        this.writer = writer;
    }

    /// The stream has the first so many events of a request.
    public void accepted(Origin origin, int events) {
        int from = 0;
        while (from < events) {
            Instant first = origin.receivedTs(from);
            Instant minute = first.truncatedTo(ChronoUnit.MINUTES);
            long room = ChronoUnit.MICROS.between(first, minute.plus(MINUTE));
            int here = (int) Math.min(events - from, room);
            count(minute, origin.tenantId().value(), here);
            from += here;
        }
    }

    /// Puts what changed into the store. Never throws: what could not be stored stays due. For one
    /// thread at a time.
    ///
    /// @return whether the store has everything
    public boolean flush() {
        Due due = due();
        if (!writer.put(due.pages())) {
            return false;
        }
        stored(due.round());
        return true;
    }

    private synchronized void count(Instant minute, String tenant, long events) {
        Page page = pages.computeIfAbsent(minute, opened -> new Page(round));
        page.accepted.merge(tenant, events, Long::sum);
        page.changed = round;
        page.due = true;
    }

    private synchronized Due due() {
        List<BookPage> due = new ArrayList<>();
        pages.forEach(
                (minute, page) -> {
                    if (page.due) {
                        due.add(page.page(writer.stage(), process, minute, round));
                    }
                });
        return new Due(due, round++);
    }

    private synchronized void stored(long storedRound) {
        pages.values()
                .removeIf(
                        page -> {
                            page.due = page.changed > storedRound;
                            return !page.due && page.changed + IDLE_ROUNDS < storedRound;
                        });
    }

    /// @param round whose counts are on them
    private record Due(List<BookPage> pages, long round) {}

    private static final class Page {
        private final long opened;
        private final Map<String, Long> accepted = new LinkedHashMap<>();
        private long changed;
        private boolean due;

        Page(long opened) {
            this.opened = opened;
        }

        BookPage page(String stage, String process, Instant minute, long upTo) {
            Map<String, BookCounts> counts = new LinkedHashMap<>();
            accepted.forEach(
                    (tenant, events) ->
                            counts.put(
                                    tenant, new BookCounts(new Tally(events, events, 0, 0, 0), 0)));
            return new BookPage(stage, process, minute, number(opened), number(upTo), counts);
        }

        private static SequenceNumber number(long round) {
            return new SequenceNumber(BigInteger.valueOf(round));
        }
    }
}
