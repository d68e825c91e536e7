package dev.sluice.loader.archive.verify;

import dev.sluice.runtime.books.BookPage;
import dev.sluice.runtime.books.BooksStore;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What the books say was given to the raw stream, by minute of receipt and tenant: what the
/// collectors accepted, which is a lower bound, or what the validator received, if that is more.
final class BookedEvents {

    private static final String DOOR = "collector";
    private static final String NEXT = "validator";

    private final Map<TenantMinute, Long> accepted = new HashMap<>();
    private final Map<TenantMinute, Long> received = new HashMap<>();

    /// Reads the minutes from this moment on. A page is stored after its minute began.
    static BookedEvents since(BooksStore books, Instant from) {
        Map<BookPage.Id, BookPage> pages = new HashMap<>();
        books.changedSince(
                from,
                changed ->
                        changed.forEach(
                                page -> pages.merge(page.id(), page, BookedEvents::further)));
        BookedEvents booked = new BookedEvents();
        pages.values().forEach(booked::add);
        return booked;
    }

    /// What the archive has to have.
    Map<TenantMinute, Long> leastByMinute() {
        Map<TenantMinute, Long> least = new HashMap<>(accepted);
        received.forEach((minute, events) -> least.merge(minute, events, Math::max));
        return least;
    }

    /// Whether there is anything of these minutes; pages go after a time.
    ///
    /// @param from the first minute
    /// @param end the minute after the last
    boolean haveAny(long from, long end) {
        return leastByMinute().keySet().stream()
                .anyMatch(minute -> minute.minute() >= from && minute.minute() < end);
    }

    /// What the validator has counted of a minute so far.
    long receivedIn(TenantMinute minute) {
        return received.getOrDefault(minute, 0L);
    }

    private static BookPage further(BookPage one, BookPage other) {
        return one.upTo().compareTo(other.upTo()) < 0 ? other : one;
    }

    private void add(BookPage page) {
        switch (page.stage()) {
            case DOOR -> add(page, accepted);
            case NEXT -> add(page, received);
            default -> {
                // Later stages are no measure of the raw stream.
            }
        }
    }

    private static void add(BookPage page, Map<TenantMinute, Long> to) {
        page.counts()
                .forEach(
                        (tenant, counts) ->
                                to.merge(
                                        new TenantMinute(
                                                tenant, TenantMinute.minuteOf(page.minute())),
                                        counts.tally().received() + counts.replayed(),
                                        Long::sum));
    }
}
