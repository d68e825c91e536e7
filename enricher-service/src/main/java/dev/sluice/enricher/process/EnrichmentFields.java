package dev.sluice.enricher.process;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What was learned about one event, by the name of the warehouse's column. Null is nothing
/// learned.
public final class EnrichmentFields {

    private final EnrichmentLayout layout;
    private final @Nullable FieldValue[] values;
    private final List<String> failed = new ArrayList<>(0);

    EnrichmentFields(EnrichmentLayout layout) {
        this.layout = layout;
        values = new FieldValue[layout.places().size()];
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

    EnrichmentLayout layout() {
        return layout;
    }

    @Nullable FieldValue value(int position) {
        return values[position];
    }

    /// The enrichments that failed, in their order.
    List<String> failed() {
        return failed;
    }

    /// Applies one enrichment, wholly or not at all.
    ///
    /// @return whether it succeeded
    boolean attempt(String enrichment, Runnable apply) {
        @Nullable FieldValue[] before = values.clone();
        try {
            apply.run();
            return true;
        } catch (RuntimeException | StackOverflowError e) {
            // A regular expression can run out of stack on a text made for it.
            System.arraycopy(before, 0, values, 0, values.length);
            failed.add(enrichment);
            return false;
        }
    }

    @Override
    public String toString() {
        long set = Arrays.stream(values).filter(value -> value != null).count();
        return "EnrichmentFields[" + set + " set, failed " + failed + "]";
    }

    private void put(String column, @Nullable FieldValue value) {
        values[layout.positionOf(column)] = value;
    }
}
