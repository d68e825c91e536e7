package dev.sluice.traffic;

import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// The scenes of a visit that have to do with buying.
final class Shopping {

    private static final BigDecimal FREE_SHIPPING_FROM = BigDecimal.valueOf(75);
    private static final BigDecimal SHIPPING = new BigDecimal("4.95");
    private static final BigDecimal TAX_INCLUDED = new BigDecimal("0.1597");
    private static final List<String> PAYMENTS = List.of("card", "invoice", "wallet", "transfer");
    private static final List<String> LISTS =
            List.of("listing", "search", "recommended", "recently_viewed");
    private static final Page CART = new Page("/cart", "Your cart", "shop", "cart");
    private static final Page CHECKOUT = new Page("/checkout", "Checkout", "shop", "checkout");

    private final Dice dice;
    private final Catalogue catalogue;
    private final Cart cart;
    private Product product;

    Shopping(Dice dice, Catalogue catalogue) {
        this.dice = dice;
        this.catalogue = catalogue;
        this.cart = new Cart("c-" + Long.toHexString(dice.bits() >>> 16));
        this.product = catalogue.product(dice);
    }

    Product product() {
        return product;
    }

    boolean cartIsEmpty() {
        return cart.lines.isEmpty();
    }

    void browse(Stage stage) {
        Page page =
                dice.chance(0.5)
                        ? catalogue.page(dice)
                        : Catalogue.listing(catalogue.product(dice).category());
        stage.open(page);
    }

    void search(Stage stage, String query) {
        stage.open(
                new Page(
                        "/search?q=" + query.replace(' ', '+'),
                        "Search: " + query,
                        "shop",
                        "search"));
        ObjectNode json = stage.add("search");
        json.put("query", query)
                .put("results_count", dice.chance(0.06) ? 0 : dice.between(1, 240))
                .put("page", 1)
                .put("sort", dice.chance(0.8) ? "relevance" : "price_asc")
                .put("latency_ms", dice.between(12, 190));
        json.putArray("filters").add("brand:" + product.brand()).add("in_stock:true");
    }

    void view(Stage stage) {
        product = catalogue.product(dice);
        stage.open(product.page());
        ObjectNode json = stage.add("product_view");
        product.write(json);
        json.put("currency", Catalogue.CURRENCY)
                .put("position", dice.between(1, 48))
                .put("list", dice.pick(LISTS))
                .put("in_stock", dice.chance(0.93))
                .put("url", product.page().url())
                .put("image_url", Page.SITE + "/img/" + product.sku() + "/front_1200.webp");
    }

    void add(Stage stage) {
        int quantity = dice.chance(0.85) ? 1 : dice.between(2, 4);
        cart.lines.add(new Cart.Line(product, quantity));
        ObjectNode json = stage.add("add_to_cart");
        product.write(json);
        json.put("currency", Catalogue.CURRENCY)
                .put("quantity", quantity)
                .put("cart_id", cart.id)
                .put("list", dice.pick(LISTS))
                .put("url", product.page().url());
    }

    void remove(Stage stage) {
        Cart.Line line = cart.lines.remove(dice.between(0, cart.lines.size() - 1));
        stage.open(CART);
        ObjectNode json = stage.add("remove_from_cart");
        line.product().write(json);
        json.put("currency", Catalogue.CURRENCY)
                .put("quantity", line.quantity())
                .put("cart_id", cart.id);
    }

    void checkOut(Stage stage) {
        stage.open(CHECKOUT);
        ObjectNode json = stage.add("checkout_started");
        json.put("cart_id", cart.id)
                .put("checkout_id", "k-" + cart.id.substring(2))
                .put("value", cart.value())
                .put("currency", Catalogue.CURRENCY)
                .put("item_count", cart.units());
        cart.write(json);
    }

    void pay(Stage stage) {
        BigDecimal subtotal = cart.value();
        BigDecimal shipping =
                subtotal.compareTo(FREE_SHIPPING_FROM) >= 0 ? BigDecimal.ZERO : SHIPPING;
        BigDecimal total = subtotal.add(shipping);
        ObjectNode json = stage.add("purchase");
        json.put("order_id", "O-" + Long.toString(dice.bits() >>> 24, 36))
                .put("cart_id", cart.id)
                .put("checkout_id", "k-" + cart.id.substring(2))
                .put("total", total)
                .put("currency", Catalogue.CURRENCY)
                .put("subtotal", subtotal)
                .put("tax", total.multiply(TAX_INCLUDED).setScale(2, RoundingMode.HALF_UP))
                .put("shipping", shipping)
                .put("payment_method", dice.pick(PAYMENTS))
                .put("is_first_order", dice.chance(0.3))
                .put("item_count", cart.units());
        cart.write(json);
        cart.lines.clear();
    }
}
