package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

/// What brought a visitor: what the link was tagged with; where that says nothing, what the click
/// id and then the referrer say.
///
/// @param tagged whether the link said anything
/// @param sourceClass of the source
record TrafficSource(
        boolean tagged,
        SourceClass sourceClass,
        @Nullable String source,
        @Nullable String medium,
        @Nullable String campaign,
        @Nullable ClickId clickId,
        @Nullable String term) {

    static TrafficSource of(CampaignTags tags, Referrer referrer, Referrers referrers) {
        if (tags.isEmpty()) {
            return new TrafficSource(
                    false,
                    referrer.sourceClass(),
                    referrer.source(),
                    referrer.sourceClass().medium(),
                    null,
                    null,
                    referrer.term());
        }
        ClickId click = tags.clickId();
        String source = tags.source();
        SourceClass sourceClass;
        if (source != null) {
            SourceClass known = referrers.classOf(source);
            sourceClass = known == null ? SourceClass.SITE : known;
        } else if (click != null) {
            source = click.source();
            sourceClass = click.sourceClass();
        } else {
            source = referrer.source();
            sourceClass = referrer.sourceClass();
        }
        String medium = tags.medium() == null && click != null ? click.medium() : tags.medium();
        String term = tags.term() == null ? referrer.term() : tags.term();
        return new TrafficSource(true, sourceClass, source, medium, tags.campaign(), click, term);
    }
}
