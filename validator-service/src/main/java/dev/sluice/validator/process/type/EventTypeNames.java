package dev.sluice.validator.process.type;

import dev.sluice.contracts.event.TenantId;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/// Finds the event type behind the name a sender used. In this order: a contract of exactly this
/// name; the table of names that other vocabularies use; the name in snake case.
public final class EventTypeNames {

    /// Longest name of a contract.
    private static final int MAX_LENGTH = 64;

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern NOT_SNAKE = Pattern.compile("[^a-z0-9]+");

    /// By snake case. Segment's and RudderStack's ecommerce and video specifications,
    /// Google Analytics 4's recommended events, the RudderStack and Segment call types,
    /// PostHog's own events.
    private static final Map<String, String> FOREIGN =
            Map.ofEntries(
                    Map.entry("page", "page_view"),
                    Map.entry("screen", "page_view"),
                    Map.entry("pageview", "page_view"),
                    Map.entry("page_viewed", "page_view"),
                    Map.entry("screen_view", "page_view"),
                    Map.entry("screen_viewed", "page_view"),
                    Map.entry("groupidentify", "group"),
                    Map.entry("create_alias", "alias"),
                    Map.entry("product_viewed", "product_view"),
                    Map.entry("view_item", "product_view"),
                    Map.entry("product_added", "add_to_cart"),
                    Map.entry("product_removed", "remove_from_cart"),
                    Map.entry("begin_checkout", "checkout_started"),
                    Map.entry("order_completed", "purchase"),
                    Map.entry("products_searched", "search"),
                    Map.entry("view_search_results", "search"),
                    Map.entry("video_playback_started", "video_start"),
                    Map.entry("video_playback_completed", "video_complete"));

    private final BiPredicate<TenantId, String> hasContract;

    /// @param hasContract whether there is a contract for an event type of a tenant
    public EventTypeNames(BiPredicate<TenantId, String> hasContract) {
        this.hasContract = hasContract;
    }

    /// The event type, 1 to 64 characters of snake case, or the name itself, cut to 64, when it has
    /// no such form. No contract need exist for it.
    ///
    /// @param tenant whose name it is
    public String resolve(TenantId tenant, String name) {
        if (hasContract.test(tenant, name)) {
            return name;
        }
        String snake = snakeCase(name);
        String mapped = FOREIGN.getOrDefault(snake, snake);
        return mapped.isEmpty() || mapped.length() > MAX_LENGTH ? cut(name) : mapped;
    }

    private static String snakeCase(String name) {
        String words = WORD_START.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
        String snake = NOT_SNAKE.matcher(words).replaceAll("_");
        int from = snake.startsWith("_") ? 1 : 0;
        int to = snake.endsWith("_") ? snake.length() - 1 : snake.length();
        return from < to ? snake.substring(from, to) : "";
    }

    private static String cut(String name) {
        if (name.length() <= MAX_LENGTH) {
            return name;
        }
        int end = Character.isHighSurrogate(name.charAt(MAX_LENGTH - 1)) ? 63 : MAX_LENGTH;
        return name.substring(0, end);
    }
}
