package dev.sluice.validator.process.type;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;

class EventTypeNamesTest {

    private final EventTypeNames names =
            new EventTypeNames(Set.of("page_view", "product_view", "page")::contains);

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
        assertThat(names.resolve(name)).isEqualTo(type);
    }

    @Test
    void keepsTheStartOfANameThatHasNoSnakeCase() {
        assertThat(names.resolve("日本語")).isEqualTo("日本語");
        assertThat(names.resolve("a".repeat(100))).isEqualTo("a".repeat(64));
        assertThat(names.resolve("a".repeat(63) + "😀" + "b".repeat(9))).isEqualTo("a".repeat(63));
    }
}
