package dev.sluice.traffic;

import java.util.List;

/// What a visitor is doing. The weights of what comes next make the visit a Markov chain.
enum Scene {
    LANDING,
    BROWSING,
    SEARCHING,
    PRODUCT,
    CART,
    REMOVING,
    CHECKOUT,
    PURCHASE,
    CHATTING,
    WATCHING,
    LEAVING;

    private record Way(Scene to, int weight) {}

    Scene next(Dice dice) {
        int at = dice.between(1, 100);
        for (Way way : ways()) {
            at -= way.weight();
            if (at <= 0) {
                return way.to();
            }
        }
        return LEAVING;
    }

    /// Weights in per cent; what is missing to 100 leaves the shop.
    private List<Way> ways() {
        return switch (this) {
            case LANDING ->
                    List.of(to(BROWSING, 42), to(SEARCHING, 20), to(PRODUCT, 20), to(CHATTING, 8));
            case BROWSING ->
                    List.of(
                            to(PRODUCT, 40),
                            to(SEARCHING, 14),
                            to(BROWSING, 18),
                            to(WATCHING, 6),
                            to(CHATTING, 7));
            case SEARCHING -> List.of(to(PRODUCT, 55), to(SEARCHING, 14), to(CHATTING, 11));
            case PRODUCT ->
                    List.of(
                            to(CART, 25),
                            to(PRODUCT, 25),
                            to(BROWSING, 18),
                            to(CHATTING, 12),
                            to(WATCHING, 5));
            case CART -> List.of(to(CHECKOUT, 35), to(PRODUCT, 30), to(REMOVING, 15));
            case REMOVING -> List.of(to(PRODUCT, 40), to(CHECKOUT, 20));
            case CHECKOUT -> List.of(to(PURCHASE, 65));
            case PURCHASE -> List.of(to(CHATTING, 15), to(BROWSING, 25));
            case CHATTING -> List.of(to(CHATTING, 48), to(PRODUCT, 24));
            case WATCHING -> List.of(to(BROWSING, 50), to(PRODUCT, 30));
            case LEAVING -> List.of();
        };
    }

    private static Way to(Scene scene, int weight) {
        return new Way(scene, weight);
    }
}
