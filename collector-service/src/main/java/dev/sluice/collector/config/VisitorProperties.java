package dev.sluice.collector.config;

import dev.sluice.collector.ingress.VisitorCookie;
import dev.sluice.collector.ingress.VisitorRules;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// What is asked of visitors, and kept of them.
///
/// @param honourOptOut whether events with `DNT: 1` or `Sec-GPC: 1` are kept without ids
/// @param shortenAddresses whether addresses are kept without their last part
/// @param cookie that gives browsers an id
@Validated
@ConfigurationProperties("sluice.collector.visitors")
record VisitorProperties(
        boolean honourOptOut, boolean shortenAddresses, @NotNull @Valid Cookie cookie) {

    /// @param enabled whether there is one
    /// @param name of the cookie, a token of RFC 6265
    /// @param domain whose hosts all get it; only the collector's own host if empty
    /// @param maxAge counted from the last visit
    /// @param sameSite `none` where pages of another site post here
    record Cookie(
            boolean enabled,
            @NotNull @Pattern(regexp = "[A-Za-z0-9_.-]{1,64}") String name,
            @NotNull @Pattern(regexp = "[A-Za-z0-9.-]{0,253}") String domain,
            @NotNull @DurationMin(seconds = 1) Duration maxAge,
            @NotNull VisitorCookie.SameSite sameSite) {}

    VisitorRules rules() {
        return new VisitorRules(
                honourOptOut,
                shortenAddresses,
                cookie.enabled()
                        ? new VisitorCookie(
                                cookie.name(), cookie.domain(), cookie.maxAge(), cookie.sameSite())
                        : null);
    }
}
