package dev.sluice.runtime.books;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.memory.MemoryBooks;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// A shard that dies anywhere, again and again, and reads the same records in other batches: the
/// store ends as if nothing had happened.
class ShardBooksReplayTest {

    private static final int RECORDS = 400;
    private static final int OPEN = 4;
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    /// A snapshot: everything, then changes; and the record it is true for.
    private record Snapshot(List<byte[]> sections, int position) {}

    private enum Outcome {
        PUBLISHED,
        REJECTED,
        DUPLICATE,
        SUPPRESSED,
        REPLAYED
    }

    private record Counted(int record, Instant receivedTs, String tenant, Outcome outcome) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theStoreEndsAsIfNothingHadHappened(long seed) throws IOException {
        List<Counted> events = events(new Random(seed));

        MemoryBooks undisturbed = new MemoryBooks();
        ShardBooks one = books(undisturbed);
        for (int record = 1; record <= RECORDS; record++) {
            one.add(entries(events, record, record, new Random(0)));
            one.flush();
        }

        MemoryBooks crashed = new MemoryBooks();
        int crashes = runDying(events, crashed, new Random(seed));

        assertThat(crashes).isGreaterThan(10);
        assertThat(crashed.all()).containsExactlyInAnyOrderElementsOf(undisturbed.all());
        assertThat(
                        crashed.all().stream()
                                .flatMap(page -> page.counts().values().stream())
                                .reduce(BookCounts.ZERO, BookCounts::plus))
                .isEqualTo(entries(events, 1, RECORDS, new Random(0)).total());
    }

    private static int runDying(List<Counted> events, MemoryBooks store, Random random)
            throws IOException {
        Snapshot durable = new Snapshot(List.of(), 0);
        int crashes = 0;
        ShardBooks books = books(store);
        int position = 0;
        boolean based = false;
        while (position < RECORDS || !books.flush()) {
            int batch = Math.min(RECORDS, position + 1 + random.nextInt(9));
            if (batch > position) {
                books.add(entries(events, position + 1, batch, random));
                position = batch;
            }
            if (random.nextInt(3) == 0) {
                store.failAfter(random.nextInt(4)); // dies in the middle of a put, or before it
            }
            if (random.nextInt(2) == 0) {
                books.flush();
            }
            if (random.nextInt(3) == 0) {
                durable = snapshot(books, durable, position, based && random.nextInt(4) > 0);
                based = true;
            }
            if (crashes < 60 && random.nextInt(5) == 0) {
                crashes++;
                books = books(store);
                for (byte[] section : durable.sections()) {
                    books.read(new DataInputStream(new ByteArrayInputStream(section)));
                }
                position = durable.position();
                based = false;
            }
        }
        return crashes;
    }

    private static Snapshot snapshot(ShardBooks books, Snapshot last, int position, boolean changes)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        List<byte[]> sections = new ArrayList<>();
        if (changes) {
            books.writeChanges(out);
            sections.addAll(last.sections());
        } else {
            books.writeAll(out);
        }
        sections.add(bytes.toByteArray());
        books.kept();
        return new Snapshot(sections, position);
    }

    private static ShardBooks books(MemoryBooks store) {
        BooksWriter writer = new BooksWriter("validator", store, new SimpleMeterRegistry());
        return new ShardBooks(new ShardId("shardId-000000000000"), writer, OPEN, 1000);
    }

    /// The verdicts on some records, counted in another order each time.
    private static BookEntries entries(List<Counted> events, int from, int to, Random random) {
        List<Counted> some =
                new ArrayList<>(
                        events.stream()
                                .filter(event -> event.record() >= from && event.record() <= to)
                                .toList());
        Collections.shuffle(some, random);
        BookEntries entries = new BookEntries();
        for (Counted event : some) {
            SequenceNumber record = SequenceNumber.of(String.valueOf(event.record()));
            switch (event.outcome()) {
                case PUBLISHED -> entries.published(record, event.receivedTs(), event.tenant());
                case REJECTED -> entries.rejected(record, event.receivedTs(), event.tenant());
                case DUPLICATE -> entries.duplicate(record, event.receivedTs(), event.tenant());
                case SUPPRESSED -> entries.suppressed(record, event.receivedTs(), event.tenant());
                case REPLAYED -> entries.replayed(record, event.receivedTs(), event.tenant());
            }
        }
        return entries;
    }

    /// Minutes go on, are late, and jump, so that pages close and open again.
    private static List<Counted> events(Random random) {
        List<Counted> events = new ArrayList<>();
        for (int record = 1; record <= RECORDS; record++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                int late = random.nextInt(10) == 0 ? random.nextInt(12) : random.nextInt(2);
                events.add(
                        new Counted(
                                record,
                                START.plusSeconds(60L * (record / 20 - late)),
                                "tenant-" + random.nextInt(4),
                                Outcome.values()[random.nextInt(Outcome.values().length)]));
            }
        }
        return events;
    }
}
