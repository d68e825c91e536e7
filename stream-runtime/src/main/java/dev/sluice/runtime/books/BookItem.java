package dev.sluice.runtime.books;

import dev.sluice.runtime.stream.SequenceNumber;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A page as items of DynamoDB: one, and a further one for every thousand tenants, since an item
/// holds 400 KB at most. A tenant stays on its item, because tenants keep their order. Only the
/// first item is in the index; it is written last and says how many follow.
final class BookItem {

    static final String KEY = "page";
    static final String UP_TO = "up_to";
    static final String SLOT = "slot";
    static final String EXPIRES = "expires";

    private static final String STAGE = "stage";
    private static final String SHARD = "shard";
    private static final String MINUTE = "minute";
    private static final String FROM = "from_record";
    private static final String COUNTS = "counts";
    private static final String ITEMS = "items";

    /// With the longest ids and counts about 110 KB.
    private static final int TENANTS = 1000;

    /// Sequence numbers of Kinesis have 56 digits and DynamoDB's numbers 38.
    private static final int DIGITS = 64;

    private BookItem() {}

    /// The first item first.
    ///
    /// @param expires in seconds since 1970
    static List<Map<String, AttributeValue>> of(BookPage page, String slot, long expires) {
        List<Map<String, BookCounts>> parts = parts(page.counts());
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            Map<String, AttributeValue> item = new HashMap<>(key(page.id(), part));
            item.put(UP_TO, text(padded(page.upTo())));
            item.put(EXPIRES, number(expires));
            item.put(COUNTS, AttributeValue.fromB(bytes(parts.get(part))));
            if (part == 0) {
                item.put(STAGE, text(page.stage()));
                item.put(SHARD, text(page.shard()));
                item.put(MINUTE, text(page.minute().toString()));
                item.put(FROM, text(page.from().toString()));
                item.put(ITEMS, number(parts.size()));
                item.put(SLOT, text(slot));
            }
            items.add(item);
        }
        return items;
    }

    /// The page of a first item; the counts are those of this item.
    static BookPage page(Map<String, AttributeValue> first) {
        return new BookPage(
                attribute(first, STAGE).s(),
                attribute(first, SHARD).s(),
                Instant.parse(attribute(first, MINUTE).s()),
                SequenceNumber.of(attribute(first, FROM).s()),
                SequenceNumber.of(attribute(first, UP_TO).s()),
                counts(first));
    }

    /// The keys of the items that follow a first one.
    static List<Map<String, AttributeValue>> following(Map<String, AttributeValue> first) {
        int items = Integer.parseInt(attribute(first, ITEMS).n());
        if (items == 1) {
            return List.of();
        }
        BookPage.Id page = page(first).id();
        List<Map<String, AttributeValue>> keys = new ArrayList<>();
        for (int part = 1; part < items; part++) {
            keys.add(key(page, part));
        }
        return keys;
    }

    static Map<String, BookCounts> counts(Map<String, AttributeValue> item) {
        DataInputStream in =
                new DataInputStream(
                        new ByteArrayInputStream(attribute(item, COUNTS).b().asByteArrayUnsafe()));
        try {
            int tenants = Compact.readCount(in);
            Map<String, BookCounts> counts = LinkedHashMap.newLinkedHashMap(tenants);
            for (int i = 0; i < tenants; i++) {
                counts.put(in.readUTF(), OutcomeCounter.read(in).counts());
            }
            return counts;
        } catch (IOException e) {
            throw new UncheckedIOException("item " + attribute(item, KEY).s() + " of the books", e);
        }
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static Map<String, AttributeValue> key(BookPage.Id page, int part) {
        String key =
                String.join(
                        "/",
                        page.stage(),
                        page.shard(),
                        page.minute().toString(),
                        page.from().toString(),
                        String.valueOf(part));
        return Map.of(KEY, text(key));
    }

    private static List<Map<String, BookCounts>> parts(Map<String, BookCounts> counts) {
        List<Map<String, BookCounts>> parts = new ArrayList<>();
        Map<String, BookCounts> part = new LinkedHashMap<>();
        for (Map.Entry<String, BookCounts> tenant : counts.entrySet()) {
            if (part.size() == TENANTS) {
                parts.add(part);
                part = new LinkedHashMap<>();
            }
            part.put(tenant.getKey(), tenant.getValue());
        }
        parts.add(part);
        return parts;
    }

    private static SdkBytes bytes(Map<String, BookCounts> counts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            Compact.write(counts.size(), out);
            for (Map.Entry<String, BookCounts> tenant : counts.entrySet()) {
                out.writeUTF(tenant.getKey());
                OutcomeCounter.of(tenant.getValue()).write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return SdkBytes.fromByteArrayUnsafe(bytes.toByteArray());
    }

    private static String padded(SequenceNumber sequence) {
        String digits = sequence.toString();
        return "0".repeat(DIGITS - digits.length()) + digits;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(String.valueOf(value));
    }
}
