package dev.sluice.traffic;

import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;

/// What happens beside the visit: advertisements, videos, errors.
final class Distractions {

    private static final List<List<String>> ERRORS = Words.rows("errors");
    private static final List<String> PLACEMENTS =
            List.of("home_top", "listing_row_3", "sidebar", "cart_bottom");

    private final Dice dice;

    Distractions(Dice dice) {
        this.dice = dice;
    }

    /// Now and then, after a scene.
    void perhaps(Stage stage, Product product) {
        if (dice.chance(0.12)) {
            advertisement(stage, product);
        }
        if (dice.chance(0.015)) {
            error(stage);
        }
    }

    void video(Stage stage, Product product) {
        double duration = dice.between(20, 240);
        String id = "v-" + dice.between(100, 160);
        video(stage.add("video_start"), id, product, duration).put("position_s", 0);
        if (dice.chance(0.6)) {
            video(stage.add("video_complete"), id, product, duration)
                    .put("position_s", duration)
                    .put("watched_s", Math.floor(duration * (0.5 + dice.share() / 2)));
        }
    }

    private ObjectNode video(ObjectNode json, String id, Product product, double duration) {
        return json.put("video_id", id)
                .put("title", "How to choose and care for your " + product.name())
                .put("provider", "tarn-player")
                .put("duration_s", duration)
                .put("quality", dice.chance(0.7) ? "1080p" : "720p")
                .put("autoplay", dice.chance(0.3))
                .put("sound", dice.between(0, 100));
    }

    private void advertisement(Stage stage, Product product) {
        int number = dice.between(1, 60);
        String placement = dice.pick(PLACEMENTS);
        advertisement(stage.add("ad_impression"), number, placement, product, 2100)
                .put("visible_ms", dice.between(1000, 9000));
        if (dice.chance(0.2)) {
            advertisement(stage.add("ad_click"), number, placement, product, 310_000)
                    .put("click_id", "ck-" + Long.toString(dice.bits() >>> 8, 36))
                    .put(
                            "target_url",
                            product.page().url() + "?utm_source=housead&utm_medium=display");
        }
    }

    private static ObjectNode advertisement(
            ObjectNode json, int number, String placement, Product product, long costMicros) {
        return json.put("ad_id", "ad-" + number)
                .put("campaign_id", "cmp-" + number % 9)
                .put("campaign", "autumn_layers_" + number % 9)
                .put("creative_id", "cr-" + number % 14)
                .put("placement", placement)
                .put("network", "housead")
                .put("cost", BigDecimal.valueOf(costMicros, 6))
                .put("currency", "USD")
                .put("product_id", product.id());
    }

    private void error(Stage stage) {
        List<String> error = dice.pick(ERRORS);
        String component = error.getLast();
        stage.add("error")
                .put("name", error.getFirst())
                .put("message", error.get(1))
                .put("stack", stack(error, component))
                .put("fatal", dice.chance(0.1))
                .put("component", component)
                .put("line", dice.between(1, 900));
    }

    private String stack(List<String> error, String component) {
        StringBuilder stack = new StringBuilder(error.getFirst() + ": " + error.get(1));
        for (int i = 0; i < 6; i++) {
            stack.append("\n    at ")
                    .append(component)
                    .append(".step")
                    .append(i)
                    .append(" (")
                    .append(Page.SITE)
                    .append("/assets/")
                    .append(component)
                    .append(".4f1c.js:1:")
                    .append(dice.between(100, 90_000))
                    .append(')');
        }
        return stack.toString();
    }
}
