package dev.sluice.contracts.schema;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Version of a contract after Snowplow's SchemaVer: `model-revision-addition`, such as `1-0-2`. A
/// new addition accepts everything the one before accepted, a new revision most of it, a new model
/// breaks with it.
///
/// @param model 1 to 9999
/// @param revision 0 to 9999
/// @param addition 0 to 9999
public record SchemaVer(int model, int revision, int addition) implements Comparable<SchemaVer> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})-(\\d{1,4})-(\\d{1,4})");
    private static final Pattern LEADING_ZERO = Pattern.compile("(^|-)0\\d");
    private static final Comparator<SchemaVer> ORDER =
            Comparator.comparingInt(SchemaVer::model)
                    .thenComparingInt(SchemaVer::revision)
                    .thenComparingInt(SchemaVer::addition);

    /// Checks the ranges.
    ///
    /// @throws IllegalArgumentException when a number is out of its range
    public SchemaVer {
        requireRange("model", model, 1);
        requireRange("revision", revision, 0);
        requireRange("addition", addition, 0);
    }

    /// Reads the text form, `1-0-0`, without leading zeros.
    ///
    /// @throws IllegalArgumentException saying what is wrong with `text`
    public static SchemaVer parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "version is not model-revision-addition with at most 4 digits each, such as 1-0-0: "
                            + quote(text));
        }
        if (LEADING_ZERO.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "version has a number with a leading zero: " + quote(text));
        }
        return new SchemaVer(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public int compareTo(SchemaVer other) {
        return ORDER.compare(this, other);
    }

    /// The text form, `1-0-0`.
    @Override
    public String toString() {
        return model + "-" + revision + "-" + addition;
    }

    private static void requireRange(String name, int number, int least) {
        if (number < least || number > 9999) {
            throw new IllegalArgumentException(
                    "version's %s must be %d to 9999, not %d".formatted(name, least, number));
        }
    }

    // Versions arrive from clients: a long one must not fill a log line.
    private static String quote(String text) {
        return '"' + (text.length() > 32 ? text.substring(0, 32) + "…" : text) + '"';
    }
}
