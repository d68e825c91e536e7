package dev.sluice.loader.compact;

import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.process.Row;

import java.util.random.RandomGenerator;

/// As wide as events of the traffic model: forty columns, with text that compresses to a half, as
/// that of people does.
final class WideEvents {

    private final RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");
    private final int persons;
    private final int words;

    /// @param persons of whom the events are
    /// @param words of text in each; with 100 of them it has 1.5 KB
    WideEvents(int persons, int words) {
        this.persons = persons;
        this.words = words;
    }

    /// @param i tells it from others
    Row row(int i) {
        return LakeRows.row(
                "0198f3a2-" + Long.toHexString(dice.nextLong()) + i,
                "person-" + dice.nextInt(persons),
                dice.nextInt(60),
                "session_id",
                Long.toHexString(dice.nextLong()),
                "anonymous_id",
                Long.toHexString(dice.nextLong()),
                "page_url",
                "https://shop.example/products/" + dice.nextInt(5_000) + "?ref=" + dice.nextInt(),
                "page_title",
                "Product " + dice.nextInt(5_000),
                "user_agent",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/" + dice.nextInt(140),
                "device_class",
                "desktop",
                "geo_country",
                "DE",
                "geo_latitude",
                dice.nextDouble(),
                "traffic_channel",
                "direct",
                "product_price",
                dice.nextInt(100_000) + "." + dice.nextInt(10),
                "properties",
                "{\"note\":\"" + words(words * 3 / 5) + "\"}",
                "context",
                "{\"page\":\"" + words(words * 2 / 5) + "\"}");
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(Integer.toString(dice.nextInt(5_000), 36)).append(' ');
        }
        return text.toString();
    }
}
