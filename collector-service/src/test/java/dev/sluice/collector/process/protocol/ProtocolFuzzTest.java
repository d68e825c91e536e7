package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.protocol.clickstream.ClickstreamWeb;
import dev.sluice.collector.process.protocol.cloudevents.CloudEvents;
import dev.sluice.collector.process.protocol.posthog.PosthogCapture;
import dev.sluice.collector.process.protocol.segment.SegmentApi;
import dev.sluice.collector.process.protocol.snowplow.SnowplowTracker;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Recorded requests, damaged in body and query: whatever comes, each protocol answers with values,
/// what it calls good is JSON with a name, and what it calls bad keeps bytes that were sent.
class ProtocolFuzzTest {

    private static final int ROUNDS = 400;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String[] TOKENS = {
        "null",
        "true",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e999",
        "\"\\ud800\"",
        "{\"a\":",
        "]",
        "}",
        ",",
        "\"batch\":",
        "\"type\":7",
        "\"e\":\"ue\"",
        "\u0000",
        "\"x\":1,\"x\":2",
        "[[[[[[[["
    };

    private final ForeignReader reader = new ForeignReader(BodyLimits.DEFAULT);
    private final Map<String, Protocol> protocols =
            Map.of(
                    "segment-browser", new SegmentApi(reader),
                    "rudder-node", new SegmentApi(reader),
                    "snowplow-node", new SnowplowTracker(reader),
                    "snowplow-node-get", new SnowplowTracker(reader),
                    "cloudevents", new CloudEvents(reader),
                    "clickstream-browser", new ClickstreamWeb(reader),
                    "segment-node", new PosthogCapture(reader));

    @Test
    void answersDamagedRequestsWithValues() {
        Random random = new Random(4);
        protocols.forEach(
                (capture, protocol) -> {
                    List<ForeignRequest> requests = Captures.requests(capture);
                    for (int i = 0; i < ROUNDS; i++) {
                        ForeignRequest request = requests.get(random.nextInt(requests.size()));
                        check(protocol.read(damaged(request, random)));
                    }
                });
    }

    private static void check(ForeignEvents events) {
        if (!(events.body() instanceof SplitBody.Elements elements)) {
            return;
        }
        for (ReadEvent event : elements.events()) {
            if (event.refusal() == null) {
                JsonNode json = JSON.readTree(event.bytes().asUtf8());
                assertThat(json.get("event_type").isString()).isTrue();
                assertThat(json.path("context").path("page").path("url").asString("").length())
                        .isLessThanOrEqualTo(4096);
            } else {
                assertThat(event.refusal().message()).isNotBlank();
            }
        }
    }

    private static ForeignRequest damaged(ForeignRequest request, Random random) {
        byte[] body =
                new String(request.body(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        for (int cuts = 1 + random.nextInt(4); cuts > 0 && body.length > 0; cuts--) {
            body = damaged(body, random);
        }
        Map<String, String> query = new LinkedHashMap<>();
        request.query()
                .forEach(
                        (name, value) ->
                                query.put(
                                        name,
                                        random.nextInt(4) == 0
                                                ? TOKENS[random.nextInt(TOKENS.length)]
                                                : value));
        return new ForeignRequest(request.path(), query, request.headers(), body, body.length);
    }

    private static byte[] damaged(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        List<Byte> bytes = new ArrayList<>();
        int skip = random.nextInt(3) == 0 ? random.nextInt(12) : 0;
        byte[] token = TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (i == at) {
                for (byte one : token) {
                    bytes.add(one);
                }
            }
            if (i < at || i >= at + skip) {
                bytes.add(random.nextInt(20_000) == 0 ? (byte) random.nextInt() : body[i]);
            }
        }
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(i);
        }
        return random.nextInt(10) == 0
                ? java.util.Arrays.copyOf(all, random.nextInt(all.length + 1))
                : all;
    }
}
