package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/// Reads a point in time: `2026-11-21` (midnight, UTC), `2026-11-21T10:00:00Z`, or `1h` for an hour
/// ago.
final class MomentConverter implements ITypeConverter<Instant> {

    private final SinceConverter since = new SinceConverter();

    @Override
    public Instant convert(String text) {
        try {
            return text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : since.convert(text);
        } catch (DateTimeParseException | TypeConversionException e) {
            throw new TypeConversionException(
                    "'"
                            + text
                            + "' is no time; write 2026-11-21, 2026-11-21T10:00:00Z or 1h (ago)");
        }
    }
}
