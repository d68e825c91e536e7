package dev.sluice.enricher.process.geo;

import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;

/// The `geo_…` columns, from the address that the event names, else from the one it came from.
public final class GeoEnrichment implements Enrichment {

    private final GeoLookup places;

    public GeoEnrichment(GeoLookup places) {
        this.places = places;
    }

    @Override
    public String name() {
        return "geo";
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        String named = event.facts().ip();
        String address = named == null ? event.receipt().ip() : named;
        GeoPlace place = address == null ? null : places.find(address);
        if (place == null) {
            return Applied.SKIPPED;
        }
        fields.text("geo_country", place.country());
        fields.text("geo_region", place.region());
        fields.text("geo_city", place.city());
        if (place.latitude() != null && place.longitude() != null) {
            fields.decimal("geo_latitude", place.latitude());
            fields.decimal("geo_longitude", place.longitude());
        }
        if (place.asn() != null) {
            fields.integer("geo_asn", place.asn());
        }
        fields.text("geo_as_organization", place.asOrganization());
        return Applied.APPLIED;
    }
}
