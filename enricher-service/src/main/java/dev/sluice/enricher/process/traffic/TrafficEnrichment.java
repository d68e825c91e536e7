package dev.sluice.enricher.process.traffic;

import dev.sluice.enricher.process.BodyField;
import dev.sluice.enricher.process.ColumnText;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;

/// The `traffic_…` columns, from campaign, page and referrer. An event that has none of them, such
/// as one of a server, is skipped.
public final class TrafficEnrichment implements Enrichment {

    private static final int NAME_BYTES = 256;
    private static final int TEXT_BYTES = 512;

    private final Referrers referrers;
    private final ChannelRules rules;

    public TrafficEnrichment(Referrers referrers, ChannelRules rules) {
        this.referrers = referrers;
        this.rules = rules;
    }

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        WebAddress page = WebAddress.of(event.text(BodyField.PAGE_URL));
        WebAddress from = WebAddress.of(event.text(BodyField.PAGE_REFERRER));
        CampaignTags tags = CampaignTags.of(event::text, page);
        if (page == null && from == null && tags.isEmpty()) {
            return Applied.SKIPPED;
        }
        TrafficSource visit = TrafficSource.of(tags, referrers.find(from, page), referrers);
        fields.text("traffic_channel", rules.channelOf(visit));
        fields.text("traffic_source", ColumnText.cut(visit.source(), NAME_BYTES));
        fields.text("traffic_medium", ColumnText.cut(visit.medium(), NAME_BYTES));
        fields.text("traffic_campaign", ColumnText.cut(visit.campaign(), TEXT_BYTES));
        fields.text("traffic_term", ColumnText.cut(visit.term(), TEXT_BYTES));
        if (visit.clickId() != null) {
            fields.text("traffic_click_id", visit.clickId().parameter());
        }
        return Applied.APPLIED;
    }
}
