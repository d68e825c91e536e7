package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;

/// Reads since when: `1h` for an hour ago, or `2026-11-21T10:00:00Z`.
final class SinceConverter implements ITypeConverter<Instant> {

    private final InstantSource clock = InstantSource.system();
    private final Span span = new Span();

    @Override
    public Instant convert(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : clock.instant().minus(span.convert(text));
        } catch (DateTimeParseException | TypeConversionException e) {
            throw new TypeConversionException(
                    "'" + text + "' is no time; write 1h, 90s or 2026-11-21T10:00:00Z");
        }
    }
}
