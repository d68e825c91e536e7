package dev.sluice.loader.athena;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the business asks of a range of days. Each is a query whose parameters are the first day
/// and the last, as text (`2026-11-21`), in turn as often as it has them.
public enum Question {
    TOP_PRODUCTS,
    FUNNEL_BY_CHANNEL,
    THUMBS_DOWN_BY_INTENT,
    LATENCY_BY_MODEL,
    GUARDRAIL_BLOCKS_BY_RULE,
    TOKENS_BY_FLOW,
    ACTIVE_PEOPLE_BY_SECTION,
    NEGATIVE_ESCALATED_SESSIONS;

    private static final String COMMENT = "-- ";

    /// The question that people call so.
    public static Optional<Question> named(String name) {
        return Arrays.stream(values()).filter(each -> each.title().equals(name)).findFirst();
    }

    /// As people call it: `top-products`.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What it asks, in a sentence.
    public String asks() {
        String first = sql().lines().findFirst().orElseThrow();
        return first.substring(COMMENT.length());
    }

    /// The query, with what it asks as a comment before it.
    public String sql() {
        return Resources.read("questions/" + title() + ".sql");
    }
}
