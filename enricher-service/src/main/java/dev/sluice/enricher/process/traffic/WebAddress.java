package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.BiConsumer;

/// The parts of an address as browsers write it, `https://host/path?query#fragment`, and as apps
/// do, `android-app://package/`. Never fails: addresses come from anywhere.
///
/// @param host lower case, without port and without the dot at the end
/// @param path with its slash; empty if there is none
/// @param query without its mark; empty if there is none
record WebAddress(String host, String path, String query) {

    private static final int MOST_PARAMETERS = 200;

    /// @return null if the text has no scheme and host
    static @Nullable WebAddress of(@Nullable String text) {
        int scheme = text == null ? -1 : text.indexOf("://");
        if (text == null || scheme <= 0) {
            return null;
        }
        int start = scheme + 3;
        int end = first(text, start, '/', '?', '#');
        String host = host(text.substring(start, end));
        if (host.isEmpty()) {
            return null;
        }
        int fragment = first(text, end, '#', '#', '#');
        int mark = first(text, end, '?', '#', '#');
        return new WebAddress(
                host,
                text.substring(end, mark),
                mark < fragment ? text.substring(mark + 1, fragment) : "");
    }

    /// Gives every parameter of the query that has a value, decoded.
    void parameters(BiConsumer<String, String> to) {
        int at = 0;
        for (int n = 0; n < MOST_PARAMETERS && at < query.length(); n++) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', at);
            if (equals > at && equals < end - 1) {
                to.accept(query.substring(at, equals), decoded(query.substring(equals + 1, end)));
            }
            at = end + 1;
        }
    }

    private static String host(String authority) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        int port = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        host = port > 0 && port <= host.length() ? host.substring(0, port) : host;
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return host.toLowerCase(Locale.ROOT);
    }

    private static int first(String text, int from, char a, char b, char c) {
        for (int at = from; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == a || each == b || each == c) {
                return at;
            }
        }
        return text.length();
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }
}
