package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// What kind of source sent a visitor. Where a name stands for several, the first here counts.
enum SourceClass {
    SEARCH,
    SOCIAL,
    VIDEO,
    EMAIL,
    /// An advertising network.
    PAID,
    /// Any other site.
    SITE,
    /// The site itself.
    INTERNAL,
    /// Nothing is known of a source.
    NONE;

    /// As lists and rules write it.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @return null if there is none of that name
    static @Nullable SourceClass of(String code) {
        for (SourceClass each : values()) {
            if (each.code().equals(code)) {
                return each;
            }
        }
        return null;
    }

    /// The medium of a visit that nobody tagged; null for what is no visit from elsewhere.
    @Nullable String medium() {
        return switch (this) {
            case SEARCH -> "organic";
            case SOCIAL -> "social";
            case VIDEO -> "video";
            case EMAIL -> "email";
            case PAID -> "cpm";
            case SITE -> "referral";
            case INTERNAL, NONE -> null;
        };
    }
}
