package dev.sluice.collector.ingress;

import dev.sluice.collector.process.door.Origin;
import dev.sluice.collector.process.door.Privacy;
import dev.sluice.collector.producers.Producer;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/// Who sent a request, as far as that may be known. Thread-safe.
public final class Visitors {

    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final String YES = "1";
    private static final int MAX_USER_AGENT_BYTES = 1024;

    private final ClientAddress addresses;
    private final VisitorRules rules;
    private final InstantSource clock;

    public Visitors(ClientAddress addresses, VisitorRules rules, InstantSource clock) {
        this.addresses = addresses;
        this.rules = rules;
        this.clock = clock;
    }

    /// Where the events of a request of our own API come from.
    Origin origin(HttpServletRequest request, Producer producer) {
        return origin(request, producer, userAgent(request));
    }

    /// Where the events of another vendor's SDK come from. A server's SDK names itself in
    /// `User-Agent`, not what its user has.
    Origin foreignOrigin(HttpServletRequest request, Producer producer) {
        String userAgent = userAgent(request);
        boolean browser = userAgent != null && userAgent.startsWith("Mozilla/");
        return origin(request, producer, browser ? userAgent : null);
    }

    /// Gives a browser the cookie with its id, or takes it back from one that wants none.
    Answer remember(HttpServletRequest request, Origin origin, Answer answer) {
        VisitorCookie cookie = rules.cookie();
        if (cookie == null || answer.status() != 200) {
            return answer;
        }
        String id = origin.privacy().visitorId();
        if (id != null) {
            return answer.with("Set-Cookie", cookie.header(id));
        }
        boolean unwanted = origin.privacy().anonymous() && presented(request, cookie) != null;
        return unwanted ? answer.with("Set-Cookie", cookie.removal()) : answer;
    }

    private Origin origin(
            HttpServletRequest request, Producer producer, @Nullable String userAgent) {
        Privacy privacy = privacy(request);
        return new Origin(
                producer.tenantId(),
                producer.sourceId(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                privacy.address(addresses.of(request)),
                userAgent,
                privacy);
    }

    private Privacy privacy(HttpServletRequest request) {
        boolean anonymous = rules.honoursOptOut() && optsOut(request);
        VisitorCookie cookie = rules.cookie();
        String id = cookie == null || anonymous || !isBrowser(request) ? null : id(request, cookie);
        return !anonymous && !rules.shortensAddresses() && id == null
                ? Privacy.NONE
                : new Privacy(anonymous, rules.shortensAddresses(), id);
    }

    private static String id(HttpServletRequest request, VisitorCookie cookie) {
        String known = presented(request, cookie);
        return known != null && ID.matcher(known).matches() ? known : UUID.randomUUID().toString();
    }

    private static @Nullable String presented(HttpServletRequest request, VisitorCookie cookie) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        for (Cookie each : cookies) {
            if (each.getName().equals(cookie.name())) {
                return each.getValue();
            }
        }
        return null;
    }

    /// Tracking Preference Expression (W3C, DNT) or Global Privacy Control (W3C, Sec-GPC).
    private static boolean optsOut(HttpServletRequest request) {
        return YES.equals(request.getHeader("DNT")) || YES.equals(request.getHeader("Sec-GPC"));
    }

    /// A page's script has an origin; an image of it at least says what it is fetched for.
    private static boolean isBrowser(HttpServletRequest request) {
        return request.getHeader("Origin") != null
                || request.getHeader("Sec-Fetch-Dest") != null
                || ForeignRequests.wantsImage(request);
    }

    private static @Nullable String userAgent(HttpServletRequest request) {
        return cut(request.getHeader("User-Agent"));
    }

    /// The container reads headers as ISO 8859-1: a character is two bytes of UTF-8 at most.
    private static @Nullable String cut(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int bytes = 0;
        for (int at = 0; at < header.length(); at++) {
            bytes += header.charAt(at) < 0x80 ? 1 : 2;
            if (bytes > MAX_USER_AGENT_BYTES) {
                return header.substring(0, at);
            }
        }
        return header;
    }
}
