package dev.sluice.traffic;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// One visit of a device: scenes follow one another until the visitor leaves, and each adds events.
final class Visit {

    private static final List<String> SEARCHES = Words.lines("searches");
    private static final List<String> GIVEN_NAMES = Words.lines("given-names");
    private static final List<String> SURNAMES = Words.lines("surnames");

    final String sessionId;
    final @Nullable Campaign campaign;

    private final Dice dice;
    private final Device device;
    private final Catalogue catalogue;
    private final Stage stage;
    private final Shopping shopping;
    private final Distractions distractions;
    private @Nullable Conversation conversation;
    private Scene scene = Scene.LANDING;

    Visit(Dice dice, Device device, Catalogue catalogue) {
        this.dice = dice;
        this.device = device;
        this.catalogue = catalogue;
        this.sessionId = EventIds.uuid(dice.bits(), dice.bits(), 4);
        this.campaign = Campaign.perhaps(dice);
        Page first = catalogue.page(dice);
        this.stage = new Stage(dice, first);
        this.shopping = new Shopping(dice, catalogue);
        this.distractions = new Distractions(dice);
        stage.open(first);
    }

    /// The next event, or empty when the visitor has left.
    Optional<Draft> next() {
        Draft draft = stage.poll();
        while (draft == null && scene != Scene.LEAVING) {
            scene = possible(scene.next(dice));
            play();
            draft = stage.poll();
        }
        return Optional.ofNullable(draft);
    }

    private Scene possible(Scene wanted) {
        if (device.bot) {
            return switch (wanted) {
                case LANDING, BROWSING, PRODUCT, LEAVING -> wanted;
                case SEARCHING, CART, REMOVING, CHECKOUT, PURCHASE, CHATTING, WATCHING ->
                        Scene.BROWSING;
            };
        }
        boolean needsCart =
                wanted == Scene.REMOVING || wanted == Scene.CHECKOUT || wanted == Scene.PURCHASE;
        return needsCart && shopping.cartIsEmpty() ? Scene.PRODUCT : wanted;
    }

    private void play() {
        switch (scene) {
            case LANDING, LEAVING -> {}
            case BROWSING -> shopping.browse(stage);
            case SEARCHING -> shopping.search(stage, dice.pick(SEARCHES));
            case PRODUCT -> shopping.view(stage);
            case CART -> shopping.add(stage);
            case REMOVING -> shopping.remove(stage);
            case CHECKOUT -> {
                signIn();
                shopping.checkOut(stage);
            }
            case PURCHASE -> shopping.pay(stage);
            case CHATTING -> chat();
            case WATCHING -> distractions.video(stage, shopping.product());
        }
        if (scene != Scene.LEAVING && !device.bot) {
            distractions.perhaps(stage, shopping.product());
        }
    }

    private void chat() {
        if (conversation == null) {
            conversation = new Conversation(dice, catalogue);
        }
        conversation.turn(stage, shopping.product());
    }

    private void signIn() {
        if (device.accountId == null || device.userId != null) {
            return;
        }
        device.userId = device.accountId;
        String given = dice.pick(GIVEN_NAMES);
        String surname = dice.pick(SURNAMES);
        ObjectNode json = stage.add("identify");
        json.put("email", given + "." + surname + "@example.com")
                .put("username", given + dice.between(10, 99))
                .put("first_name", given)
                .put("last_name", surname)
                .put("plan", dice.chance(0.2) ? "gold" : "basic")
                .put(
                        "created_at",
                        "20" + dice.between(18, 25) + "-0" + dice.between(1, 9) + "-14T08:30:00Z")
                .put("method", dice.chance(0.6) ? "password" : "magic_link")
                .put("marketing_consent", dice.chance(0.5));
        json.putObject("address").put("country", device.traits.locale().substring(3));
        if (dice.chance(0.3)) {
            stage.add("alias").put("previous_id", device.anonymousId);
        }
    }
}
