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

    public static final List<String> ALL = List.of(RAW, VALID, ENRICHED);

    private Streams() {}
}
