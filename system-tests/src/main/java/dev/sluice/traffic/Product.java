package dev.sluice.traffic;

import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.Locale;

/// One thing the shop sells.
///
/// @param price of one unit in the shop's currency, two decimals
record Product(
        String id,
        String sku,
        String name,
        String category,
        String brand,
        String variant,
        BigDecimal price) {

    void write(ObjectNode json) {
        json.put("product_id", id)
                .put("sku", sku)
                .put("name", name)
                .put("category", category)
                .put("brand", brand)
                .put("variant", variant)
                .put("price", price);
    }

    Page page() {
        String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new Page("/p/" + slug + "-" + id, name + " | " + brand, "shop", "product");
    }
}
