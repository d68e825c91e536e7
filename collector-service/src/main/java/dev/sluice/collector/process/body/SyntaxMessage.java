package dev.sluice.collector.process.body;

import tools.jackson.core.JacksonException;

import java.util.regex.Pattern;

/// The parser's words for what is wrong, without the text it found and the settings it names.
final class SyntaxMessage {

    private static final Pattern TOKEN = Pattern.compile("^Unrecognized token '[^']*'");
    private static final Pattern ASIDE =
            Pattern.compile(", from `[^`]*`| \\(for (Object|Array) starting at .*|: enable `.*");

    private SyntaxMessage() {}

    static String of(JacksonException failure) {
        String message = TOKEN.matcher(failure.getOriginalMessage()).replaceFirst("Unknown token");
        return ASIDE.matcher(message).replaceAll("");
    }
}
