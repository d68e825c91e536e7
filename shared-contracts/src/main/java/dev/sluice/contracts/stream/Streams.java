package dev.sluice.contracts.stream;

import java.util.List;

/// The streams between the services, in the order in which an event passes them.
public final class Streams {

    /// Collector to validator and raw archive.
    public static final String RAW = "sluice-raw";

    /// Validator to enricher.
    public static final String VALID = "sluice-valid";

    /// Enricher to loader and realtime.
    public static final String ENRICHED = "sluice-enriched";

    /// Validator, enricher and loader to loader: what was refused.
    public static final String QUARANTINE = "sluice-quarantine";

    /// Enricher to loader and to the forwarder of domain events: sessions, links between ids and
    /// domain events.
    public static final String DERIVED = "sluice-derived";

    /// Those that carry events in frames.
    public static final List<String> EVENTS = List.of(RAW, VALID, ENRICHED);

    public static final List<String> ALL = List.of(RAW, VALID, ENRICHED, QUARANTINE, DERIVED);

    private Streams() {}
}
