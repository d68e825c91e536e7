package dev.sluice.validator.process.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;

class EventTypeNamesTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final TenantId TRAVEL = new TenantId("travel");
    private static final Set<String> COMMON = Set.of("page_view", "product_view", "page");

    private final EventTypeNames names =
            new EventTypeNames(
                    (tenant, type) ->
                            COMMON.contains(type)
                                    || tenant.equals(TRAVEL) && type.equals("Product Viewed"));

    @ParameterizedTest
    @CsvSource({
        "page_view, page_view",
        "page, page",
        "Product Viewed, product_view",
        "productViewed, product_view",
        "view_item, product_view",
        "Order Completed, purchase",
        "Message Sent, message_sent",
        "  Ad-Click! , ad_click",
        "Größe, gr_e"
    })
    void findsTheTypeBehindAName(String name, String type) {
        assertThat(names.resolve(SHOP, name)).isEqualTo(type);
    }

    @Test
    void takesANameThatOnlyItsTenantHasAContractFor() {
        assertThat(names.resolve(TRAVEL, "Product Viewed")).isEqualTo("Product Viewed");
        assertThat(names.resolve(SHOP, "Product Viewed")).isEqualTo("product_view");
    }

    @Test
    void keepsTheStartOfANameThatHasNoSnakeCase() {
        assertThat(names.resolve(SHOP, "日本語")).isEqualTo("日本語");
        assertThat(names.resolve(SHOP, "a".repeat(100))).isEqualTo("a".repeat(64));
        assertThat(names.resolve(SHOP, "a".repeat(63) + "😀" + "b".repeat(9)))
                .isEqualTo("a".repeat(63));
    }
}
