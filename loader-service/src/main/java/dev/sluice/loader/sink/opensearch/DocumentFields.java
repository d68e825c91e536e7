package dev.sluice.loader.sink.opensearch;

import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.layout.FileLayout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Which columns a document has. A list, and nothing beyond it: a new column of a contract is in no
/// document until somebody puts it on the list.
public final class DocumentFields {

    /// Texts that people write, addresses that may hold anything, and ids of persons.
    private static final Set<String> NEVER =
            Set.of(
                    "anonymous_id",
                    "campaign_content",
                    "campaign_term",
                    "client_session_id",
                    "context",
                    "error_message",
                    "feedback_comment",
                    "geo_latitude",
                    "geo_longitude",
                    "ip",
                    "message_text",
                    "page_path",
                    "page_referrer",
                    "page_title",
                    "page_url",
                    "person_id",
                    "properties",
                    "response_text",
                    "search_query",
                    "traffic_click_id",
                    "traffic_term",
                    "user_agent",
                    "user_id");

    /// Longer texts are no keywords.
    private static final int LONGEST = 1024;

    private static final List<String> ALWAYS =
            List.of(
                    ("event_id tenant_id source_id received_ts event_type schema_version event_ts"
                                    + " enriched_ts session_id is_late enrichments_failed pii_masked"
                                    + " device_class device_os device_browser is_bot session_index"
                                    + " session_event_index is_session_entry geo_country geo_region"
                                    + " traffic_channel traffic_source traffic_medium app_name"
                                    + " app_version library_name library_version locale page_type"
                                    + " page_section product_id product_category currency cart_value"
                                    + " order_id order_total order_item_count payment_method"
                                    + " conversation_id message_id message_index message_language"
                                    + " chat_flow intent intent_confidence model_id latency_ms"
                                    + " first_token_ms input_tokens output_tokens token_cost"
                                    + " finish_reason sentiment sentiment_score feedback"
                                    + " guardrail_rule_id guardrail_action guardrail_category"
                                    + " guardrail_direction guardrail_severity escalation_queue"
                                    + " escalation_wait_s search_results_count error_name"
                                    + " error_component error_http_status error_fatal page_load_ms")
                            .split(" "));

    private final Set<String> names;

    /// @param more columns besides those of every document
    /// @throws IllegalArgumentException if one of them is a text or says who somebody is
    public DocumentFields(Collection<String> more) {
        for (String name : more) {
            if (NEVER.contains(name)) {
                throw new IllegalArgumentException("column " + name + " is never searched");
            }
        }
        names = new LinkedHashSet<>(Stream.concat(ALWAYS.stream(), more.stream()).toList());
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /// The fields that rows of a layout can have, in the layout's order.
    List<DocumentField> of(FileLayout layout) {
        List<DocumentField> fields = new ArrayList<>();
        for (int i = 0; i < layout.columns().size(); i++) {
            Column column = layout.columns().get(i);
            if (names.contains(column.name()) && isSearched(column.type())) {
                fields.add(new DocumentField(i, column.name(), column.type()));
            }
        }
        return fields;
    }

    private static boolean isSearched(ColumnType type) {
        return switch (type) {
            case ColumnType.Super _ -> false;
            case ColumnType.Varchar(int bytes) -> bytes <= LONGEST;
            case ColumnType.Bigint _,
                    ColumnType.Int _,
                    ColumnType.Decimal _,
                    ColumnType.DoublePrecision _,
                    ColumnType.Bool _,
                    ColumnType.Timestamp _ ->
                    true;
        };
    }
}
