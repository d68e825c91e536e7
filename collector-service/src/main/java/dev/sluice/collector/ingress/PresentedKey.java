package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The places where SDKs put a write key, in the order in which they are looked at.
final class PresentedKey {

    static final String PLACES =
            "Authorization: Bearer KEY, Basic with the key as user, X-Write-Key, or ?write_key=KEY";

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final List<String> PARAMETERS =
            List.of("write_key=", "writeKey=", "appId=", "api_key=");

    private PresentedKey() {}

    static Optional<String> of(HttpServletRequest request) {
        String key = ofAuthorization(request.getHeader("Authorization"));
        if (key == null) {
            key = request.getHeader("X-Write-Key");
        }
        if (key == null) {
            key = ofQuery(request.getQueryString());
        }
        return Optional.ofNullable(key).filter(text -> !text.isBlank()).map(String::strip);
    }

    private static @Nullable String ofAuthorization(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length());
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return ofBasic(header.substring(BASIC.length()).strip());
        }
        return null;
    }

    private static @Nullable String ofBasic(String credentials) {
        try {
            String text =
                    new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? text : text.substring(0, colon);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /// By hand: the servlet's own parameters would read the body of a form.
    private static @Nullable String ofQuery(@Nullable String query) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            for (String parameter : PARAMETERS) {
                if (pair.startsWith(parameter)) {
                    return decoded(pair.substring(parameter.length()));
                }
            }
        }
        return null;
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return null;
        }
    }
}
