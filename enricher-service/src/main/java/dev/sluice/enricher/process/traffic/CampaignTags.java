package dev.sluice.enricher.process.traffic;

import dev.sluice.enricher.process.BodyField;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/// What was put on a link to tell where it was clicked.
///
/// @param clickId of which network there is one
record CampaignTags(
        @Nullable String source,
        @Nullable String medium,
        @Nullable String campaign,
        @Nullable String term,
        @Nullable ClickId clickId) {

    /// The event's campaign, and what it does not say from the query of the page.
    ///
    /// @param body gives its texts
    static CampaignTags of(Function<BodyField, @Nullable String> body, @Nullable WebAddress page) {
        Query query = new Query();
        if (page != null && !page.query().isEmpty()) {
            page.parameters(query::add);
        }
        return new CampaignTags(
                either(body.apply(BodyField.CAMPAIGN_SOURCE), query.source),
                either(body.apply(BodyField.CAMPAIGN_MEDIUM), query.medium),
                either(body.apply(BodyField.CAMPAIGN_NAME), query.campaign),
                either(body.apply(BodyField.CAMPAIGN_TERM), query.term),
                query.clickId);
    }

    boolean isEmpty() {
        return source == null
                && medium == null
                && campaign == null
                && term == null
                && clickId == null;
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first == null || first.isBlank() ? second : first.strip();
    }

    /// The first of each parameter.
    private static final class Query {
        private @Nullable String source;
        private @Nullable String medium;
        private @Nullable String campaign;
        private @Nullable String term;
        private @Nullable ClickId clickId;

        void add(String name, String value) {
            switch (name) {
                case "utm_source" -> source = either(source, value);
                case "utm_medium" -> medium = either(medium, value);
                case "utm_campaign" -> campaign = either(campaign, value);
                case "utm_term" -> term = either(term, value);
                default -> {
                    ClickId found = ClickId.of(name);
                    if (found != null && (clickId == null || found.compareTo(clickId) < 0)) {
                        clickId = found;
                    }
                }
            }
        }
    }
}
