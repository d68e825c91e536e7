package dev.sluice.contracts.derived;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.sluice.contracts.lines.LineBatch;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// What a record of the derived stream holds: a line each, names in snake case, times in ISO 8601.
public final class DerivedBatch {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .changeDefaultPropertyInclusion(
                            include -> include.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private DerivedBatch() {}

    /// Batches that hold these, in order.
    public static List<byte[]> encode(List<Derived> derived) {
        return LineBatch.encode(
                derived.stream()
                        .map(each -> JSON.writerFor(Derived.class).writeValueAsBytes(each))
                        .toList());
    }

    /// What a batch holds.
    ///
    /// @throws IllegalArgumentException saying what is wrong, if it is none
    public static List<Derived> decode(byte[] batch) {
        return LineBatch.decode(batch).stream().map(DerivedBatch::decodeLine).toList();
    }

    /// What one line of a batch says.
    ///
    /// @throws IllegalArgumentException saying what is wrong, if it says nothing known
    public static Derived decodeLine(String line) {
        try {
            return JSON.readValue(line, Derived.class);
        } catch (JacksonException e) {
            // The message of the cause would quote the line.
            throw new IllegalArgumentException(
                    "a line of the derived stream cannot be read: "
                            + e.getClass().getSimpleName()
                            + " at "
                            + e.getLocation());
        }
    }
}
