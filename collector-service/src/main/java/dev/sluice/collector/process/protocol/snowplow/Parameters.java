package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.CanonicalEvent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names of the tracker protocol's parameters.
final class Parameters {

    /// What an event tells, and the property it becomes.
    static final Map<String, String> PROPERTIES = properties();

    /// Those that are numbers, though they come as text.
    static final Set<String> NUMBERS =
            Set.of(
                    "se_va", "tr_tt", "tr_tx", "tr_sh", "ti_pr", "ti_qu", "pp_mix", "pp_max",
                    "pp_miy", "pp_may");

    /// Those with another place in the canonical event.
    static final Set<String> PLACED =
            Set.of(
                    "e", "eid", "dtm", "ttm", "stm", "uid", "duid", "sid", "ue_px", "ue_pr", "cx",
                    "co", "url", "page", "refr", "aid", "tv", "tna", "ip", "ua", "lang", "tz",
                    "res");

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,18})?");

    private Parameters() {}

    /// Whether a parameter belongs to that kind of event and becomes one of its properties.
    static boolean isProperty(String parameter, String kind) {
        return PROPERTIES.containsKey(parameter) && parameter.startsWith(kind + "_");
    }

    /// A number if it is one, else the text.
    static void number(CanonicalEvent out, String name, String value) {
        if (NUMBER.matcher(value).matches()) {
            out.literal(name, value);
        } else {
            out.text(name, value);
        }
    }

    private static Map<String, String> properties() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("se_ca", "category");
        names.put("se_ac", "action");
        names.put("se_la", "label");
        names.put("se_pr", "property");
        names.put("se_va", "value");
        names.put("tr_id", "order_id");
        names.put("tr_af", "affiliation");
        names.put("tr_tt", "total");
        names.put("tr_tx", "tax");
        names.put("tr_sh", "shipping");
        names.put("tr_ci", "city");
        names.put("tr_st", "state");
        names.put("tr_co", "country");
        names.put("tr_cu", "currency");
        names.put("ti_id", "order_id");
        names.put("ti_sk", "sku");
        names.put("ti_nm", "name");
        names.put("ti_ca", "category");
        names.put("ti_pr", "price");
        names.put("ti_qu", "quantity");
        names.put("ti_cu", "currency");
        names.put("pp_mix", "scroll_x_min");
        names.put("pp_max", "scroll_x_max");
        names.put("pp_miy", "scroll_y_min");
        names.put("pp_may", "scroll_y_max");
        return names;
    }
}
