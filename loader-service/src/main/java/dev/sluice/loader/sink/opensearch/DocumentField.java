package dev.sluice.loader.sink.opensearch;

import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.table.ColumnType;

import tools.jackson.core.JsonGenerator;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// A column as a field of documents.
///
/// @param index of its value in a row
record DocumentField(int index, String name, ColumnType type) {

    /// Times that are near the present, so that nanoseconds since 1970 hold them.
    private static final Set<String> PRECISE = Set.of("event_ts", "received_ts", "enriched_ts");

    /// The type in the mapping.
    String mapping() {
        return switch (type) {
            case ColumnType.Varchar _, ColumnType.Super _ -> "keyword";
            case ColumnType.Bigint _ -> "long";
            case ColumnType.Int _ -> "integer";
            case ColumnType.Decimal _, ColumnType.DoublePrecision _ -> "double";
            case ColumnType.Bool _ -> "boolean";
            case ColumnType.Timestamp _ -> PRECISE.contains(name) ? "date_nanos" : "date";
        };
    }

    /// @param value as rows have it
    void write(JsonGenerator json, Object value) {
        json.writeName(name);
        switch (value) {
            case byte[] utf8 -> json.writeUTF8String(utf8, 0, utf8.length);
            case Long micros when type instanceof ColumnType.Timestamp ->
                    json.writeString(
                            Timestamps.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS)));
            case Long number -> json.writeNumber(number.longValue());
            case BigDecimal number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number.doubleValue());
            case Boolean truth -> json.writeBoolean(truth);
            default ->
                    throw new IllegalArgumentException(
                            "no row has a " + value.getClass() + " in column " + name);
        }
    }
}
