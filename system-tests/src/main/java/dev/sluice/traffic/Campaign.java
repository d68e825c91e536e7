package dev.sluice.traffic;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Where a visit came from, as the parameters of the address say.
record Campaign(String source, String medium, String name, String content) {

    private static final List<List<String>> ALL = Words.rows("campaigns");

    /// About every third visit comes from a campaign.
    static @Nullable Campaign perhaps(Dice dice) {
        if (!dice.chance(0.35)) {
            return null;
        }
        List<String> row = dice.pickPopular(ALL);
        return new Campaign(row.get(0), row.get(1), row.get(2), row.get(3));
    }

    String query() {
        return "?utm_source="
                + source
                + "&utm_medium="
                + medium
                + "&utm_campaign="
                + name
                + "&utm_content="
                + content;
    }
}
