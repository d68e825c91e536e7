package dev.sluice.enricher.process;

import dev.sluice.enricher.process.device.DeviceEnrichment;
import dev.sluice.enricher.process.device.DeviceLookup;
import dev.sluice.enricher.process.geo.GeoEnrichment;
import dev.sluice.enricher.process.geo.GeoLookup;
import dev.sluice.enricher.process.identity.IdentityEnrichment;
import dev.sluice.enricher.process.lateness.LatenessEnrichment;
import dev.sluice.enricher.process.traffic.TrafficEnrichment;

import java.time.Duration;
import java.util.List;

/// The enrichments there are, in the order in which they are applied.
public final class Enrichments {

    /// Of the list below. Grows by one whenever an event may come out otherwise than before.
    public static final String VERSION = "3";

    private Enrichments() {}

    /// @param lateAfter how long before its receipt an event may have happened and not be late
    public static List<Enrichment> all(
            IdentityEnrichment identity,
            DeviceLookup devices,
            GeoLookup places,
            TrafficEnrichment traffic,
            Duration lateAfter) {
        return List.of(
                identity,
                new DeviceEnrichment(devices),
                new GeoEnrichment(places),
                traffic,
                new LatenessEnrichment(lateAfter));
    }
}
