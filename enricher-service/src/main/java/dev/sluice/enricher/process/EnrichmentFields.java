package dev.sluice.enricher.process;

import dev.sluice.contracts.derived.Derived;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What was learned about one event, by the name of the warehouse's column, and by whom. Null is
/// nothing learned.
public final class EnrichmentFields {

    private final EnrichmentLayout layout;
    private final @Nullable FieldValue[] values;
    private final int[] written;
    private int writes;
    private final List<Derived> derived = new ArrayList<>(0);
    private final StringBuilder applied = new StringBuilder(96);
    private final StringBuilder failed = new StringBuilder(0);
    private final StringBuilder skipped = new StringBuilder(32);

    EnrichmentFields(EnrichmentLayout layout) {
        this.layout = layout;
        values = new FieldValue[layout.places().size()];
        written = new int[values.length];
    }

    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public void text(String column, @Nullable String value) {
        put(column, value == null ? null : new FieldValue.Text(value));
    }

    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public void flag(String column, boolean value) {
        put(column, new FieldValue.Flag(value));
    }

    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public void time(String column, Instant value) {
        put(column, new FieldValue.Time(value));
    }

    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public void integer(String column, long value) {
        put(column, new FieldValue.Int(value));
    }

    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public void decimal(String column, double value) {
        put(column, new FieldValue.Decimal(value));
    }

    /// What an enrichment before learned, if it was a text.
    ///
    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public @Nullable String text(String column) {
        return values[layout.positionOf(column)] instanceof FieldValue.Text(String text)
                ? text
                : null;
    }

    /// Whether an enrichment before learned that it is so.
    ///
    /// @throws IllegalArgumentException if the table has no such column of the enrichment section
    public boolean isSet(String column) {
        return values[layout.positionOf(column)] instanceof FieldValue.Flag(boolean flag) && flag;
    }

    /// Notes what follows from the event beyond itself. It stays when the enrichment fails after
    /// all: others may know of it already.
    public void derive(Derived fact) {
        derived.add(fact);
    }

    /// What follows from the event, in the order in which it was found.
    List<Derived> derived() {
        return derived;
    }

    EnrichmentLayout layout() {
        return layout;
    }

    @Nullable FieldValue value(int position) {
        return values[position];
    }

    /// The enrichments that failed, by commas.
    String failed() {
        return failed.toString();
    }

    /// Applies one enrichment, wholly or not at all.
    void attempt(Enrichment enrichment, EventView event) {
        writes = 0;
        try {
            switch (enrichment.apply(event, this)) {
                case APPLIED -> mark(applied, enrichment);
                case SKIPPED -> skip(enrichment);
                case FAILED -> mark(failed, enrichment);
            }
        } catch (RuntimeException | StackOverflowError e) {
            // A regular expression can run out of stack on a text made for it.
            for (int i = 0; i < writes; i++) {
                values[written[i]] = null;
            }
            mark(failed, enrichment);
        }
    }

    /// Notes that an enrichment was not applied.
    void skip(Enrichment enrichment) {
        mark(skipped, enrichment);
    }

    /// Writes down what became of all enrichments.
    void marks() {
        text("enrichments_applied", textOf(applied));
        text("enrichments_failed", textOf(failed));
        text("enrichments_skipped", textOf(skipped));
    }

    @Override
    public String toString() {
        long set = Arrays.stream(values).filter(value -> value != null).count();
        return "EnrichmentFields[" + set + " set, failed " + failed + "]";
    }

    private static @Nullable String textOf(StringBuilder marks) {
        return marks.isEmpty() ? null : marks.toString();
    }

    private static void mark(StringBuilder marks, Enrichment enrichment) {
        if (!marks.isEmpty()) {
            marks.append(',');
        }
        marks.append(enrichment.name());
    }

    private void put(String column, @Nullable FieldValue value) {
        int position = layout.positionOf(column);
        if (values[position] == null && writes < written.length) {
            written[writes++] = position;
        }
        values[position] = value;
    }
}
