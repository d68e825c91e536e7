package dev.sluice.collector.ingress;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.util.regex.Pattern;

/// Lets pages of any origin send events (Fetch standard, CORS protocol). The origin is echoed,
/// because with credentials a wildcard is refused; errors carry the headers too, because a browser
/// hides an answer without them and the SDK sends again what it should drop.
public final class CorsFilter extends HttpFilter {

    @Serial private static final long serialVersionUID = 1;

    /// What SDKs send, retries included; a preflight that asks for others is told them back.
    static final String HEADERS =
            "authorization, content-type, content-encoding, x-write-key, anonymousid, sentat,"
                    + " x-retry-count, rsa-retry-attempt, rsa-retry-reason,"
                    + " rsa-since-first-attempt, rsa-since-last-attempt";

    private static final Pattern HEADER_LIST =
            Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+(\\s*,\\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+)*");
    private static final int MAX_HEADER_LIST = 1024;
    private static final String TWO_HOURS = "7200";

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        if (origin == null || request.getRequestURI().startsWith("/actuator")) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        response.setHeader("Vary", "Origin");
        if (request.getMethod().equals("OPTIONS")
                && request.getHeader("Access-Control-Request-Method") != null) {
            preflight(request).writeTo(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Answer preflight(HttpServletRequest request) {
        return Answers.empty()
                .with("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
                .with(
                        "Access-Control-Allow-Headers",
                        allowed(request.getHeader("Access-Control-Request-Headers")))
                .with("Access-Control-Max-Age", TWO_HOURS);
    }

    private static String allowed(@Nullable String asked) {
        return asked != null
                        && asked.length() <= MAX_HEADER_LIST
                        && HEADER_LIST.matcher(asked).matches()
                ? HEADERS + ", " + asked
                : HEADERS;
    }
}
