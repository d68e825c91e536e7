package dev.sluice.collector.ingress;

/// How the SDKs of one protocol have to be answered for them neither to lose events nor to send
/// them for ever. Measured on the SDKs themselves.
public enum Manners {
    /// Segment's and RudderStack's SDKs drop a batch on any other 4xx than 408, 410, 429.
    SEGMENT("segment"),
    /// Trackers send a batch for ever that is answered 404, 413 or 415, and all others behind it.
    SNOWPLOW("snowplow"),
    CLOUDEVENTS("cloudevents"),
    /// The web SDK sends a batch again on anything but 200, refused ones included.
    CLICKSTREAM("clickstream"),
    /// The Node SDK halves a batch on 413; the Java SDK drops one on any 4xx, 429 included.
    POSTHOG("posthog"),
    /// PostHog's newer path, whose SDK reads a result for each event.
    POSTHOG_V1("posthog");

    private final String protocol;

    Manners(String protocol) {
        this.protocol = protocol;
    }

    public String protocol() {
        return protocol;
    }

    /// Whether a request that will never be accepted goes to the quarantine and is answered 200.
    boolean quarantinesRequests() {
        return this == CLICKSTREAM;
    }

    /// An answer in the code that these SDKs understand.
    Answer of(Answer answer) {
        return switch (this) {
            case SNOWPLOW ->
                    switch (answer.status()) {
                        case 404, 405, 413, 415 -> answer.as(400);
                        default -> answer;
                    };
            case POSTHOG -> answer.status() == 429 ? answer.as(503) : answer;
            case SEGMENT, CLOUDEVENTS, CLICKSTREAM, POSTHOG_V1 -> answer;
        };
    }
}
