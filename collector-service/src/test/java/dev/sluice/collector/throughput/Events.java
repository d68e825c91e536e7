package dev.sluice.collector.throughput;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/// Events of about 2 KB as shops send them, the same for one seed: what is known of the device and
/// its visit is in each of its events, as SDKs do it; ids, times, pages, products and what people
/// type differ.
final class Events {

    private static final String[] WORDS =
            ("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor"
                            + " incididunt ut labore et dolore magna aliqua enim ad minim veniam quis"
                            + " nostrud exercitation ullamco laboris nisi aliquip ex ea commodo")
                    .split(" ");
    private static final String[] TYPES = {
        "page_view", "page_view", "product_view", "product_view", "add_to_cart", "chat_message"
    };
    private static final String[] SYSTEMS = {
        "Windows NT 10.0; Win64; x64", "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64"
    };

    private final Random random = new Random(7);

    /// Requests of one device each.
    ///
    /// @param events in each; one is sent as an object
    /// @param gzip as the SDKs for servers do
    List<byte[]> requests(int count, int events, boolean gzip) {
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String device = device();
            List<String> sent = new ArrayList<>();
            for (int n = 0; n < events; n++) {
                sent.add(event(device));
            }
            String body = events == 1 ? sent.getFirst() : "[" + String.join(",", sent) + "]";
            requests.add(request(body.getBytes(StandardCharsets.UTF_8), gzip));
        }
        return requests;
    }

    private static byte[] request(byte[] body, boolean gzip) {
        if (!gzip) {
            return Load.request(body, "identity");
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Load.request(packed.toByteArray(), "gzip");
    }

    /// The members that all events of a device's visit share.
    private String device() {
        int version = 110 + random.nextInt(30);
        int width = 1280 + 64 * random.nextInt(12);
        return """
        "anonymous_id":"%s","session_id":"%s","context":{"library":{"name":"analytics.js",\
        "version":"2.11.%d"},"locale":"en-GB","timezone":"Europe/London","user_agent":\
        "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",\
        "screen":{"width":%d,"height":%d,"density":%d},"campaign":{"source":"newsletter",\
        "medium":"email","name":"%s","content":"%s"},"network":{"wifi":true,"bluetooth":false,\
        "cellular":false},"app":{"name":"shop","version":"4.%d.0","build":"%d"},\
        "traits":{"plan":"%s","experiments":["%s","%s"]},"referrer":{"type":"search",\
        "url":"https://search.example/?q=%s"},"consent":{"version":"2026-03","analytics":true,\
        "marketing":false,"personalisation":true,"source":"banner"}}\
        """
                .formatted(
                        uuid(),
                        uuid(),
                        random.nextInt(20),
                        SYSTEMS[random.nextInt(SYSTEMS.length)],
                        version,
                        width,
                        width * 9 / 16,
                        1 + random.nextInt(3),
                        words(2),
                        words(3),
                        random.nextInt(20),
                        random.nextInt(100_000),
                        words(1),
                        words(2),
                        words(2),
                        words(4).replace(' ', '+'));
    }

    private String event(String device) {
        String type = TYPES[random.nextInt(TYPES.length)];
        return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_ts\":\"2026-11-26T10:%02d:%02d.%03dZ\",%s,\"page\":{%s},\"properties\":{%s}}"
                .formatted(
                        uuid(),
                        type,
                        random.nextInt(60),
                        random.nextInt(60),
                        random.nextInt(1000),
                        device,
                        page(),
                        type.equals("chat_message") ? chat() : products());
    }

    private String page() {
        String path = words(3).replace(' ', '/');
        return "\"url\":\"https://shop.example/%s?id=%d\",\"path\":\"/%s\",\"title\":\"%s\""
                .formatted(path, random.nextInt(1_000_000), path, words(5));
    }

    private String chat() {
        return "\"conversation_id\":\"%s\",\"turn\":%d,\"role\":\"user\",\"text\":\"%s\""
                .formatted(uuid(), random.nextInt(30), words(130));
    }

    private String products() {
        List<String> products = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            products.add(
                    String.format(
                            Locale.ROOT,
                            "{\"product_id\":\"%s\",\"name\":\"%s\",\"category\":\"%s\",\"price\":%.2f,"
                                    + "\"currency\":\"GBP\",\"quantity\":%d,\"position\":%d}",
                            Long.toHexString(random.nextLong()),
                            words(3),
                            words(2),
                            random.nextInt(100_000) / 100.0,
                            1 + random.nextInt(3),
                            i));
        }
        return "\"list\":\"%s\",\"products\":[%s]".formatted(words(1), String.join(",", products));
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
