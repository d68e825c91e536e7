package dev.sluice.traffic;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Fields that no contract knows, as every SDK sends some; they are kept.
final class ContextExtras {

    private static final List<String> EXPERIMENTS =
            List.of(
                    "nav_mega_menu",
                    "pdp_sticky_cart",
                    "free_returns_badge",
                    "reviews_first",
                    "chat_teaser",
                    "search_as_you_type",
                    "size_recommender",
                    "checkout_one_page");

    private ContextExtras() {}

    static void write(ObjectNode context, Device device, Dice dice) {
        DeviceTraits traits = device.traits;
        context.putObject("consent")
                .put("analytics", true)
                .put("marketing", device.accountId != null)
                .put("personalisation", true)
                .put("policy_version", "2026-03");
        context.putObject("network")
                .put("effective_type", "4g")
                .put("downlink_mbps", dice.between(20, 900) / 10.0)
                .put("rtt_ms", dice.between(1, 14) * 25)
                .put("save_data", false);
        context.putObject("viewport")
                .put("width", traits.width() - 16)
                .put("height", traits.height() - 120)
                .put("pixel_ratio", traits.kind().equals("desktop") ? 1 : 3);
        context.putObject("performance")
                .put("dns_ms", dice.between(0, 60))
                .put("ttfb_ms", dice.between(40, 900))
                .put("dom_ready_ms", dice.between(200, 2600))
                .put("largest_paint_ms", dice.between(300, 4800))
                .put("layout_shift", dice.between(0, 400) / 1000.0)
                .put("input_delay_ms", dice.between(0, 320));
        context.put("page_view_id", EventIds.uuid(dice.bits(), dice.bits(), 4));
        experiments(context.putArray("experiments"), device.anonymousId.hashCode());
    }

    /// A device stays in its arms.
    private static void experiments(ArrayNode arms, int device) {
        for (int i = 0; i < EXPERIMENTS.size(); i++) {
            boolean treated = (device >>> i & 1) == 1;
            arms.addObject()
                    .put("name", EXPERIMENTS.get(i))
                    .put("arm", treated ? "treatment" : "control");
        }
    }
}
