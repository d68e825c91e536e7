package dev.sluice.runtime.books;

import dev.sluice.runtime.metrics.Tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// What became of the events of one minute and tenant, while it is counted.
final class OutcomeCounter {

    long published;
    long rejected;
    long duplicates;
    long suppressed;
    long replayed;

    void add(OutcomeCounter other) {
        published += other.published;
        rejected += other.rejected;
        duplicates += other.duplicates;
        suppressed += other.suppressed;
        replayed += other.replayed;
    }

    BookCounts counts() {
        long received = published + rejected + duplicates + suppressed;
        return new BookCounts(
                new Tally(received, published, rejected, duplicates, suppressed), replayed);
    }

    static OutcomeCounter of(BookCounts counts) {
        OutcomeCounter counter = new OutcomeCounter();
        counter.published = counts.tally().published();
        counter.rejected = counts.tally().rejected();
        counter.duplicates = counts.tally().duplicates();
        counter.suppressed = counts.tally().suppressed();
        counter.replayed = counts.replayed();
        return counter;
    }

    void write(DataOutput out) throws IOException {
        Compact.write(published, out);
        Compact.write(rejected, out);
        Compact.write(duplicates, out);
        Compact.write(suppressed, out);
        Compact.write(replayed, out);
    }

    static OutcomeCounter read(DataInput in) throws IOException {
        OutcomeCounter counter = new OutcomeCounter();
        counter.published = Compact.read(in);
        counter.rejected = Compact.read(in);
        counter.duplicates = Compact.read(in);
        counter.suppressed = Compact.read(in);
        counter.replayed = Compact.read(in);
        return counter;
    }
}
