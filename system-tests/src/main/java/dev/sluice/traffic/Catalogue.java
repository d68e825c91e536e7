package dev.sluice.traffic;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the shop sells, and its pages.
final class Catalogue {

    static final String CURRENCY = "EUR";

    private final List<Product> products = new ArrayList<>();
    private final List<Page> pages;

    Catalogue(Dice dice) {
        List<String> brands = Words.lines("brands");
        List<String> variants = Words.lines("variants");
        for (List<String> category : Words.rows("categories")) {
            for (String kind : category.subList(1, category.size())) {
                for (int model = dice.between(2, 5); model > 0; model--) {
                    String id = "P-" + (100_000 + products.size());
                    String brand = dice.pick(brands);
                    products.add(
                            new Product(
                                    id,
                                    id + "-" + dice.between(10, 99),
                                    brand + " " + kind + " " + dice.between(1, 9),
                                    category.getFirst(),
                                    brand,
                                    dice.pick(variants),
                                    BigDecimal.valueOf(dice.between(9, 899) * 100L + 95, 2)));
                }
            }
        }
        pages =
                Words.rows("pages").stream()
                        .map(row -> new Page(row.get(0), row.get(1), row.get(2), row.get(3)))
                        .toList();
    }

    Product product(Dice dice) {
        return dice.pickPopular(products);
    }

    Page page(Dice dice) {
        return dice.pickPopular(pages);
    }

    /// The page that lists the products of a category.
    static Page listing(String category) {
        String path = category.toLowerCase(Locale.ROOT).replace(" > ", "/").replace(' ', '-');
        String title = category.substring(category.lastIndexOf('>') + 1).strip();
        return new Page("/c/" + path, title + " | Tarn Outdoor", "shop", "listing");
    }
}
