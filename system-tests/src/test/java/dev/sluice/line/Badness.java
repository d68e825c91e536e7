package dev.sluice.line;

import java.util.Locale;

/// The kinds of bad events, what each looks like, and why it is refused.
enum Badness {
    TOTAL_IS_TEXT("contract_violation", purchase("\"total\":\"49.9\"", "")),
    TOTAL_IS_NEGATIVE("contract_violation", purchase("\"total\":-1", "")),
    TOTAL_IS_NAMED_AMOUNT("contract_violation", purchase("\"amount\":49.9", "")),
    CURRENCY_IS_MISSING(
            "contract_violation",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"o\",\"total\":1,\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}"),
    CURRENCY_IS_LOWER_CASE(
            "contract_violation",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"o\",\"total\":1,\"currency\":\"eur\",\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}"),
    PRODUCTS_ARE_MISSING(
            "contract_violation",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"o\",\"total\":1,\"currency\":\"EUR\"}"),
    PRODUCTS_ARE_NO_LIST(
            "contract_violation",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"o\",\"total\":1,\"currency\":\"EUR\",\"products\":7}"),
    ORDER_ID_IS_EMPTY(
            "contract_violation",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"\",\"total\":1,\"currency\":\"EUR\",\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}"),
    NO_SUCH_VERSION("contract_violation", purchase("\"total\":1", ",\"schema_version\":\"9-9-9\"")),
    PROPERTIES_ARE_TEXT(
            "contract_violation", "\"event_type\":\"page_view\",\"properties\":\"none\""),
    CONTEXT_IS_A_LIST(
            "contract_violation", "\"event_type\":\"page_view\",\"context\":[],\"properties\":{}"),
    USER_ID_IS_TOO_LONG(
            "malformed",
            "\"event_type\":\"page_view\",\"user_id\":\"%s\",\"properties\":{}"
                    .formatted("u".repeat(300))),
    TYPE_IS_UNKNOWN("unknown_type", "\"event_type\":\"tap\",\"properties\":{\"force\":3}"),
    TYPE_IS_MISSPELT("unknown_type", "\"event_type\":\"page_veiw\",\"properties\":{}"),
    TYPE_IS_MISSING("malformed", "\"properties\":{}"),
    TYPE_IS_A_NUMBER("malformed", "\"event_type\":7,\"properties\":{}"),
    HAPPENED_IN_THE_FUTURE(
            "bad_time",
            "\"event_type\":\"page_view\",\"event_ts\":\"2199-01-01T00:00:00Z\",\"properties\":{}"),
    HAPPENED_LONG_AGO(
            "bad_time",
            "\"event_type\":\"page_view\",\"event_ts\":\"2001-01-01T00:00:00Z\",\"properties\":{}"),
    IS_TOO_LARGE(
            "too_large",
            "\"event_type\":\"page_view\",\"properties\":{\"x\":\"%s\"}"
                    .formatted("x".repeat(270_000))),
    ORDER_ID_DOES_NOT_FIT(
            "does_not_fit",
            "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"a\\u0000\",\"total\":1,\"currency\":\"EUR\",\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}");

    private final String reason;
    private final String fields;

    Badness(String reason, String fields) {
        this.reason = reason;
        this.fields = fields;
    }

    /// By which it is known in the quarantine.
    String reason() {
        return reason;
    }

    /// The ids of such events start with it.
    String prefix() {
        return "bad-" + name().toLowerCase(Locale.ROOT) + "-";
    }

    String event(int number) {
        return "{\"event_id\":\"%s%d\",\"anonymous_id\":\"d-%d\",%s}"
                .formatted(prefix(), number, number, fields);
    }

    private static String purchase(String total, String more) {
        return "\"event_type\":\"purchase\",\"properties\":{\"order_id\":\"o\",%s,\"currency\":\"EUR\",\"products\":[{\"product_id\":\"p\",\"quantity\":1}]}%s"
                .formatted(total, more);
    }
}
