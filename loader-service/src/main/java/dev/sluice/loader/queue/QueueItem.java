package dev.sluice.loader.queue;

import dev.sluice.loader.layout.Layouts;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A file of the queue as an item of DynamoDB.
final class QueueItem {

    static final String KEY = "file_name";
    static final String STATE = "load_state";
    static final String CREATED = "created_at";
    static final String WHY = "blocked_why";
    static final String SINCE = "blocked_at";

    private static final String TABLE = "table_name";
    private static final String LAYOUT = "file_layout";
    private static final String ROWS = "row_count";
    private static final String BYTES = "byte_count";
    private static final String MIN_EVENT = "min_event_ts";
    private static final String MAX_EVENT = "max_event_ts";
    private static final String MIN_RECEIVED = "min_received_ts";
    private static final String MAX_RECEIVED = "max_received_ts";

    /// Always the same length, so that the order of the texts is that of the times.
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX").withZone(ZoneOffset.UTC);

    private QueueItem() {}

    static Map<String, AttributeValue> key(String file) {
        return Map.of(KEY, text(file));
    }

    static Map<String, AttributeValue> of(LoadFile file, String state) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put(KEY, text(file.key()));
        item.put(STATE, text(state));
        item.put(CREATED, time(file.createdAt()));
        item.put(TABLE, text(file.table().tableName()));
        item.put(LAYOUT, text(file.layout()));
        item.put(ROWS, number(file.rows()));
        item.put(BYTES, number(file.bytes()));
        item.put(MIN_EVENT, time(file.minEventTs()));
        item.put(MAX_EVENT, time(file.maxEventTs()));
        item.put(MIN_RECEIVED, time(file.minReceivedTs()));
        item.put(MAX_RECEIVED, time(file.maxReceivedTs()));
        return item;
    }

    static LoadFile file(Map<String, AttributeValue> item) {
        return new LoadFile(
                table(item),
                value(item, KEY).s(),
                layout(item),
                Long.parseLong(value(item, ROWS).n()),
                Long.parseLong(value(item, BYTES).n()),
                instant(item, MIN_EVENT),
                instant(item, MAX_EVENT),
                instant(item, MIN_RECEIVED),
                instant(item, MAX_RECEIVED),
                createdAt(item));
    }

    static BlockedFile blocked(Map<String, AttributeValue> item) {
        return new BlockedFile(file(item), value(item, WHY).s(), instant(item, SINCE));
    }

    static Instant createdAt(Map<String, AttributeValue> item) {
        return instant(item, CREATED);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue time(Instant value) {
        return text(TIME.format(value));
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static Instant instant(Map<String, AttributeValue> item, String attribute) {
        return Instant.parse(value(item, attribute).s());
    }

    /// Items from before there were several tables name none.
    private static LoadTable table(Map<String, AttributeValue> item) {
        AttributeValue table = item.get(TABLE);
        return table == null ? LoadTable.EVENTS : LoadTable.named(table.s());
    }

    /// Items from before there were layouts have none.
    private static String layout(Map<String, AttributeValue> item) {
        AttributeValue layout = item.get(LAYOUT);
        return layout == null ? Layouts.BUNDLED : layout.s();
    }

    private static AttributeValue value(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute);
    }
}
