package dev.sluice.collector.ingress;

import dev.sluice.collector.process.protocol.ForeignRequest;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// From a servlet request to what a protocol may see of it.
final class ForeignRequests {

    private static final int MAX_PARAMETERS = 500;
    private static final Set<String> SECRET =
            Set.of("authorization", "cookie", "x-write-key", "proxy-authorization");

    private ForeignRequests() {}

    static ForeignRequest of(HttpServletRequest request, Body body) {
        String path = request.getServletPath();
        boolean slash = path.length() > 1 && path.endsWith("/");
        return new ForeignRequest(
                slash ? path.substring(0, path.length() - 1) : path,
                query(request.getQueryString()),
                headers(request),
                body.bytes(),
                body.length());
    }

    /// Whether the request is that of an image element, which takes JSON for an error.
    static boolean wantsImage(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return request.getMethod().equals("GET")
                && accept != null
                && accept.contains("image/")
                && !accept.contains("html");
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String key = name.toLowerCase(Locale.ROOT);
            if (!SECRET.contains(key)) {
                headers.put(key, request.getHeader(name));
            }
        }
        return headers;
    }

    /// By hand: the servlet's own parameters would read the body of a form.
    static Map<String, String> query(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query == null) {
            return parameters;
        }
        for (String pair : query.split("&", MAX_PARAMETERS)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /// What is badly escaped stays as it is.
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            return text;
        }
    }
}
