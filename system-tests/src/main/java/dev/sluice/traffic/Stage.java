package dev.sluice.traffic;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.Deque;

/// Collects what happens in the scenes of a visit, on the page that is open.
final class Stage {

    private final Dice dice;
    private final Deque<Draft> drafts = new ArrayDeque<>();
    private Page page;
    private boolean landed;

    Stage(Dice dice, Page first) {
        this.dice = dice;
        this.page = first;
    }

    /// Shows a page: a `page_view`, and what follows happens there.
    void open(Page shown) {
        page = shown;
        ObjectNode json = add("page_view", !landed);
        json.put("name", shown.title())
                .put("section", shown.section())
                .put("page_type", shown.type())
                .put("load_ms", dice.between(180, 3900))
                .put("scroll_depth", dice.between(5, 100))
                .put("is_entry", !landed);
        json.putArray("experiment_ids")
                .add("grid_density:" + (dice.chance(0.5) ? "a" : "b"))
                .add("checkout_copy:control")
                .add("recommender_v4:" + (dice.chance(0.1) ? "holdout" : "on"));
        landed = true;
    }

    /// Starts an event on the open page; its properties are for the caller to fill.
    ObjectNode add(String eventType) {
        return add(eventType, false);
    }

    @Nullable Draft poll() {
        return drafts.poll();
    }

    private ObjectNode add(String eventType, boolean landing) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        drafts.add(new Draft(eventType, page, landing, properties));
        return properties;
    }
}
