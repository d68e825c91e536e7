package dev.sluice.enricher.process;

import java.time.Instant;

/// What a field of the enrichment section can hold.
sealed interface FieldValue {

    record Text(String value) implements FieldValue {}

    record Flag(boolean value) implements FieldValue {}

    record Int(long value) implements FieldValue {}

    record Decimal(double value) implements FieldValue {}

    record Time(Instant value) implements FieldValue {}
}
