package dev.sluice.collector;

import com.github.luben.zstd.Zstd;

import dev.sluice.collector.process.protocol.Captures;
import dev.sluice.collector.process.protocol.ForeignRequest;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/// Requests as real SDKs send them, then damaged: other paths, methods, headers and codings, bodies
/// with bytes changed, cut, doubled or put together anew, and plain noise. The same for one seed.
final class RandomRequests {

    private static final List<String> CAPTURES =
            List.of(
                    "segment-node",
                    "segment-browser",
                    "rudder-node",
                    "snowplow-node",
                    "snowplow-node-get",
                    "cloudevents",
                    "clickstream-browser");
    private static final List<String> PATHS =
            List.of(
                    "/v1/events",
                    "/v1/events/",
                    "/v1/batch",
                    "/v1/import/",
                    "/v1/t",
                    "/v1/m",
                    "/v1/identify",
                    "/beacon/v1/batch",
                    "/v1/pixel/track?data=eyJldmVudCI6IkEifQ==",
                    "/com.snowplowanalytics.snowplow/tp2",
                    "/i?e=pv&url=%F0%9F",
                    "/v1/cloudevents",
                    "/collect?platform=Web&event_bundle_sequence_id=1",
                    "/batch",
                    "/e/",
                    "/i/v1/analytics/events",
                    "/sourceConfig/",
                    "/v1/projects/wk_test/settings",
                    "/openapi.yaml",
                    "/",
                    "/nowhere");
    private static final List<String> METHODS =
            List.of(
                    "POST", "POST", "POST", "POST", "POST", "POST", "GET", "OPTIONS", "PUT",
                    "HEAD");
    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json; charset=utf-8",
                    "text/plain",
                    "application/x-ndjson",
                    "application/cloudevents+json",
                    "application/cloudevents-batch+json",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "image/png",
                    ";;");
    private static final List<String> CODINGS =
            List.of("gzip", "deflate", "zstd", "identity", "br", "gzip, gzip");
    private static final List<String> TOKENS =
            List.of(
                    "null",
                    "{}",
                    "[]",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "\"",
                    "\\",
                    "1e999",
                    "-0",
                    "\\ud800",
                    "\"batch\":",
                    "\"type\":7,",
                    "\"context\":[],",
                    "\"event_type\":\"a\",",
                    "\n",
                    "\0",
                    "\u00ff",
                    "[[[[[[[[[[[[[[[[",
                    "{\"a\":{\"a\":{\"a\":",
                    "99999999999999999999999");

    private final Random random;
    private @Nullable String coding;
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<String> paths = new ArrayList<>(PATHS);

    RandomRequests(long seed) {
        random = new Random(seed);
        for (String capture : CAPTURES) {
            for (ForeignRequest recorded : Captures.requests(capture)) {
                if (recorded.length() > 0) {
                    bodies.add(Arrays.copyOf(recorded.body(), recorded.length()));
                }
                paths.add(recorded.path() + query(recorded.query()));
            }
        }
        bodies.add("{\"event_type\":\"page_view\"}".getBytes(StandardCharsets.UTF_8));
    }

    /// A whole request, whose sender closes afterwards.
    byte[] next() {
        String method = one(METHODS);
        byte[] body = method.equals("POST") || chance(20) ? coded() : new byte[0];
        StringBuilder head =
                new StringBuilder(method).append(' ').append(path()).append(" HTTP/1.1\r\n");
        head.append("Host: fuzz\r\nConnection: close\r\n");
        if (!chance(10)) {
            head.append("Authorization: Basic d2tfdGVzdDo=\r\n"); // wk_test:
        }
        if (!chance(10)) {
            head.append("Content-Type: ").append(one(TYPES)).append("\r\n");
        }
        for (String header :
                List.of(
                        "Origin",
                        "User-Agent",
                        "X-Forwarded-For",
                        "ce-id",
                        "ce-type",
                        "DNT",
                        "Cookie")) {
            if (chance(15)) {
                head.append(header).append(": ").append(noise()).append("\r\n");
            }
        }
        if (coding != null) {
            head.append("Content-Encoding: ").append(coding).append("\r\n");
        }
        return chance(20) ? chunked(head, body) : sized(head, body);
    }

    private byte[] coded() {
        byte[] body = damaged(bodies.get(random.nextInt(bodies.size())));
        coding = null;
        if (!chance(40)) {
            return body;
        }
        coding = one(CODINGS);
        byte[] coded = chance(15) ? body : compressed(body, coding);
        return chance(15) ? damaged(coded) : coded;
    }

    private static byte[] compressed(byte[] body, String coding) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            switch (coding) {
                case "gzip" -> {
                    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
                        zip.write(body);
                    }
                }
                case "deflate" -> {
                    try (DeflaterOutputStream zip = new DeflaterOutputStream(bytes)) {
                        zip.write(body);
                    }
                }
                case "zstd" -> bytes.write(Zstd.compress(body));
                default -> bytes.write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] damaged(byte[] original) {
        byte[] body = original.clone();
        for (int n = random.nextInt(4); n > 0 && body.length > 0; n--) {
            int at = random.nextInt(body.length);
            switch (random.nextInt(6)) {
                case 0 -> body[at] = (byte) random.nextInt(256);
                case 1 -> body = Arrays.copyOf(body, at);
                case 2 -> body = spliced(body, at, Arrays.copyOfRange(body, at, body.length));
                case 3 ->
                        body = spliced(body, at, one(TOKENS).getBytes(StandardCharsets.ISO_8859_1));
                case 4 ->
                        body =
                                spliced(
                                        body,
                                        at,
                                        one(TOKENS)
                                                .repeat(random.nextInt(3000))
                                                .getBytes(StandardCharsets.UTF_8));
                default -> {
                    byte[] noise = new byte[random.nextInt(200)];
                    random.nextBytes(noise);
                    body = spliced(body, at, noise);
                }
            }
        }
        return body;
    }

    private static byte[] spliced(byte[] body, int at, byte[] more) {
        byte[] longer = new byte[body.length + more.length];
        System.arraycopy(body, 0, longer, 0, at);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(body, at, longer, at + more.length, body.length - at);
        return longer;
    }

    private byte[] sized(StringBuilder head, byte[] body) {
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        return joined(head.toString(), body, "");
    }

    private static byte[] chunked(StringBuilder head, byte[] body) {
        head.append("Transfer-Encoding: chunked\r\n\r\n");
        if (body.length == 0) {
            return joined(head.toString(), body, "0\r\n\r\n");
        }
        head.append(Integer.toHexString(body.length)).append("\r\n");
        return joined(head.toString(), body, "\r\n0\r\n\r\n");
    }

    private static byte[] joined(String head, byte[] body, String tail) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        bytes.writeBytes(tail.getBytes(StandardCharsets.ISO_8859_1));
        return bytes.toByteArray();
    }

    private String path() {
        String path = one(paths);
        return chance(10) ? path + (path.contains("?") ? "&" : "?") + noise() : path;
    }

    /// Text that may stand in a header or an address.
    private String noise() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(60); n > 0; n--) {
            text.append((char) ('!' + random.nextInt('~' - '!')));
        }
        return text.toString().replaceAll("[\\[\\]{}|\\\\^`<>\"#]", "a").toLowerCase(Locale.ROOT);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(
                        parameter ->
                                parameter.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }
}
