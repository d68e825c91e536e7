package dev.sluice.collector.ingress;

import java.time.Duration;
import java.util.Locale;

/// The first-party cookie that gives a browser its id (RFC 6265). No script can read it, and it
/// goes over TLS only.
///
/// @param name of the cookie
/// @param domain whose hosts all get it; only the collector's own host if empty
/// @param maxAge counted from the last visit
/// @param sameSite `None` where pages of another site post here
public record VisitorCookie(String name, String domain, Duration maxAge, SameSite sameSite) {

    /// Which pages' requests carry the cookie.
    public enum SameSite {
        STRICT,
        LAX,
        NONE
    }

    String header(String id) {
        return name + "=" + id + "; Max-Age=" + maxAge.toSeconds() + attributes();
    }

    String removal() {
        return name + "=; Max-Age=0" + attributes();
    }

    private String attributes() {
        String site = sameSite.name();
        String spelled = site.charAt(0) + site.substring(1).toLowerCase(Locale.ROOT);
        return "; Path=/"
                + (domain.isEmpty() ? "" : "; Domain=" + domain)
                + "; Secure; HttpOnly; SameSite="
                + spelled;
    }
}
