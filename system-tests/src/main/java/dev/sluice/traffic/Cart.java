package dev.sluice.traffic;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// What a visitor has chosen so far.
final class Cart {

    record Line(Product product, int quantity) {}

    final String id;
    final List<Line> lines = new ArrayList<>();

    Cart(String id) {
        this.id = id;
    }

    BigDecimal value() {
        return lines.stream()
                .map(line -> line.product().price().multiply(BigDecimal.valueOf(line.quantity())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    int units() {
        return lines.stream().mapToInt(Line::quantity).sum();
    }

    void write(ObjectNode json) {
        ArrayNode products = json.putArray("products");
        for (Line line : lines) {
            ObjectNode product = products.addObject();
            line.product().write(product);
            product.put("quantity", line.quantity()).put("position", products.size());
        }
    }
}
