package dev.sluice.enricher.process;

/// The texts of a body that enrichments look at. A new one is a line here.
public enum BodyField {
    PAGE_URL("context", "page", "url"),
    PAGE_PATH("context", "page", "path"),
    PAGE_REFERRER("context", "page", "referrer"),
    CAMPAIGN_SOURCE("context", "campaign", "source"),
    CAMPAIGN_MEDIUM("context", "campaign", "medium"),
    CAMPAIGN_NAME("context", "campaign", "name"),
    CAMPAIGN_TERM("context", "campaign", "term"),
    /// User-agent client hints, as SDKs put them into the context.
    HINTS_MOBILE("context", "user_agent_data", "mobile"),
    HINTS_PLATFORM("context", "user_agent_data", "platform"),
    HINTS_PLATFORM_VERSION("context", "user_agent_data", "platform_version"),
    HINTS_MODEL("context", "user_agent_data", "model"),
    /// The id that `alias` joins to the event's user.
    PREVIOUS_ID("properties", "previous_id");

    private final String[] path;

    BodyField(String... path) {
        this.path = path;
    }

    /// The object of the body that it lies in.
    String object() {
        return path[0];
    }

    String[] path() {
        return path.clone();
    }
}
