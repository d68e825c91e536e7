package dev.sluice.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a number as people write it: `500`, `20K`, `2M`.
final class CountConverter implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KM]?)");

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no number; write 500, 20K or 2M");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "K" -> amount * 1_000;
            case "M" -> amount * 1_000_000;
            default -> amount;
        };
    }
}
