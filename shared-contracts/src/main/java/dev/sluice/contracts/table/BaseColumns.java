package dev.sluice.contracts.table;

import static dev.sluice.contracts.event.EventSection.BODY;
import static dev.sluice.contracts.event.EventSection.CHECKED;
import static dev.sluice.contracts.event.EventSection.ENRICHMENT;
import static dev.sluice.contracts.event.EventSection.RECEIPT;

import dev.sluice.contracts.event.EventSection;

import tools.jackson.core.JsonPointer;

import java.util.List;
import java.util.Set;

/// The columns that every event has, whatever its type; those that cannot be NULL are marked
/// `always`.
final class BaseColumns {

    private static final ColumnType TIMESTAMP = new ColumnType.Timestamp();
    private static final ColumnType BOOL = new ColumnType.Bool();
    private static final ColumnType INT = new ColumnType.Int();
    private static final ColumnType BIGINT = new ColumnType.Bigint();
    private static final ColumnType DOUBLE = new ColumnType.DoublePrecision();

    private BaseColumns() {}

    static final List<Column> BEFORE_CONTRACTS =
            List.of(
                    always(RECEIPT, "event_id", text(64)),
                    always(RECEIPT, "tenant_id", text(64)),
                    always(RECEIPT, "source_id", text(64)),
                    always(RECEIPT, "received_ts", TIMESTAMP),
                    maybe(CHECKED, "ip", text(45)),
                    always(CHECKED, "event_type", text(64)),
                    maybe(CHECKED, "original_type", text(256)),
                    always(CHECKED, "schema_version", text(16)),
                    always(CHECKED, "event_ts", TIMESTAMP),
                    maybe(CHECKED, "client_event_ts", TIMESTAMP),
                    maybe(CHECKED, "sent_ts", TIMESTAMP),
                    maybe(CHECKED, "anonymous_id", text(256)),
                    maybe(CHECKED, "user_id", text(256)),
                    column("session_id", text(256), false, ENRICHMENT, "/session/id"),
                    column("client_session_id", text(256), false, CHECKED, "/session_id"),
                    maybe(CHECKED, "user_agent", text(1024)),
                    maybe(ENRICHMENT, "enriched_ts", TIMESTAMP),
                    maybe(ENRICHMENT, "enrichment_version", text(32)),
                    maybe(ENRICHMENT, "enrichments_applied", text(256)),
                    maybe(ENRICHMENT, "enrichments_failed", text(256)),
                    maybe(ENRICHMENT, "enrichments_skipped", text(256)),
                    maybe(ENRICHMENT, "person_id", text(256)),
                    maybe(ENRICHMENT, "is_late", BOOL),
                    device("class", text(32)),
                    device("os", text(64)),
                    device("os_version", text(32)),
                    device("browser", text(64)),
                    device("browser_version", text(32)),
                    column("is_bot", BOOL, false, ENRICHMENT, "/device/is_bot"),
                    learned("session", "session_index", "index", INT),
                    learned("session", "session_started_at", "started_at", TIMESTAMP),
                    learned("session", "session_event_index", "event_index", INT),
                    learned("session", "is_session_entry", "is_entry", BOOL),
                    learned("geo", "geo_country", "country", text(2)),
                    learned("geo", "geo_region", "region", text(128)),
                    learned("geo", "geo_city", "city", text(128)),
                    learned("geo", "geo_latitude", "lat", DOUBLE),
                    learned("geo", "geo_longitude", "lon", DOUBLE),
                    learned("geo", "geo_asn", "asn", BIGINT),
                    learned("geo", "geo_as_organization", "as_organization", text(256)),
                    learned("traffic", "traffic_channel", "channel", text(32)),
                    learned("traffic", "traffic_source", "source", text(256)),
                    learned("traffic", "traffic_medium", "medium", text(256)),
                    learned("traffic", "traffic_campaign", "campaign", text(512)),
                    learned("traffic", "traffic_click_id", "click_id", text(32)),
                    learned("traffic", "traffic_term", "term", text(512)),
                    maybe(ENRICHMENT, "pii_masked", text(256)),
                    context("page_url", "page/url", text(4096)),
                    context("page_path", "page/path", text(2048)),
                    context("page_referrer", "page/referrer", text(4096)),
                    context("page_title", "page/title", text(2048)),
                    context("app_name", "app/name", text(512)),
                    context("app_version", "app/version", text(256)),
                    context("library_name", "library/name", text(512)),
                    context("library_version", "library/version", text(256)),
                    context("locale", "locale", text(64)),
                    context("timezone", "timezone", text(64)),
                    context("screen_width", "screen/width", INT),
                    context("screen_height", "screen/height", INT),
                    context("campaign_source", "campaign/source", text(1024)),
                    context("campaign_medium", "campaign/medium", text(1024)),
                    context("campaign_name", "campaign/name", text(1024)),
                    context("campaign_term", "campaign/term", text(1024)),
                    context("campaign_content", "campaign/content", text(1024)));

    static final List<Column> AFTER_CONTRACTS =
            List.of(
                    column("context", new ColumnType.Super(), false, BODY, "/context"),
                    column("properties", new ColumnType.Super(), false, BODY, "/properties"),
                    new Column("loaded_ts", TIMESTAMP, false, new ColumnSource.Warehouse()));

    private static ColumnType text(int bytes) {
        return new ColumnType.Varchar(bytes);
    }

    private static Column always(EventSection section, String name, ColumnType type) {
        return column(name, type, true, section, "/" + name);
    }

    private static Column maybe(EventSection section, String name, ColumnType type) {
        return column(name, type, false, section, "/" + name);
    }

    private static Column device(String field, ColumnType type) {
        return column("device_" + field, type, false, ENRICHMENT, "/device/" + field);
    }

    private static Column learned(String group, String name, String field, ColumnType type) {
        return column(name, type, false, ENRICHMENT, "/" + group + "/" + field);
    }

    private static Column context(String name, String place, ColumnType type) {
        return column(name, type, false, BODY, "/context/" + place);
    }

    private static Column column(
            String name, ColumnType type, boolean notNull, EventSection section, String pointer) {
        return new Column(
                name,
                type,
                notNull,
                new ColumnSource.InEvent(section, JsonPointer.compile(pointer), Set.of()));
    }
}
