package dev.sluice.collector.process.protocol;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an address of a page tells, for SDKs that send the address alone. Never fails: addresses
/// come from anywhere.
public final class PageAddress {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Map<String, String> UTM =
            Map.of(
                    "utm_source", "source",
                    "utm_medium", "medium",
                    "utm_campaign", "name",
                    "utm_term", "term",
                    "utm_content", "content");

    private PageAddress() {}

    /// The path, without query and fragment; null if the text is no address with a host.
    public static @Nullable String path(@Nullable String url) {
        Matcher scheme = SCHEME.matcher(url == null ? "" : url);
        if (url == null || !scheme.lookingAt()) {
            return null;
        }
        int end = end(url, scheme.end());
        int slash = url.indexOf('/', scheme.end());
        return slash < 0 || slash >= end ? "/" : url.substring(slash, end);
    }

    /// The campaign in the query, by the names of the canonical event; empty if there is none.
    public static Map<String, @Nullable String> campaign(@Nullable String url) {
        Map<String, @Nullable String> campaign = new LinkedHashMap<>();
        int mark = url == null ? -1 : url.indexOf('?');
        if (url == null || mark < 0) {
            return campaign;
        }
        int fragment = url.indexOf('#', mark);
        String query = url.substring(mark + 1, fragment < 0 ? url.length() : fragment);
        for (String pair : query.split("&", 200)) {
            int equals = pair.indexOf('=');
            String field = equals < 0 ? null : UTM.get(pair.substring(0, equals));
            if (field != null) {
                campaign.putIfAbsent(field, decoded(pair.substring(equals + 1)));
            }
        }
        return campaign;
    }

    private static int end(String url, int from) {
        for (int at = from; at < url.length(); at++) {
            if (url.charAt(at) == '?' || url.charAt(at) == '#') {
                return at;
            }
        }
        return url.length();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }
}
