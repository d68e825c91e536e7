package dev.sluice.collector.process.protocol.posthog;

import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.contracts.event.Timestamps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.Map;

/// When an event was captured and when it was sent.
class PosthogTimeTest {

    private final PosthogCapture posthog =
            new PosthogCapture(new ForeignReader(BodyLimits.DEFAULT));

    @Test
    void readsTheNanosecondsOfPosthogJava() {
        JsonNode event =
                read("{'batch':[{'event':'e','timestamp':'2026-11-21T01:07:33.123456789Z'}]}");

        assertThat(Timestamps.parse(event.get("event_ts").asString()))
                .contains(Instant.parse("2026-11-21T01:07:33.123456Z"));
        assertThat(event.has("sent_ts")).isFalse();
    }

    @Test
    void believesTheHeaderMoreThanTheBodyOnTheSendTime() {
        JsonNode event =
                only(
                        posthog.read(
                                post(
                                        "/i/v1/analytics/events",
                                        Map.of("posthog-request-timestamp", "2026-11-21T01:07:34Z"),
                                        "{'sent_at':'2026-11-21T01:00:00Z','batch':[{'event':'e'}]}")));

        assertThat(event.get("sent_ts").asString()).isEqualTo("2026-11-21T01:07:34Z");
    }

    @Test
    void takesTheTimeOfCreationForTheSendTimeWhereNothingElseIsSaid() {
        JsonNode event = read("{'created_at':'2026-11-21T01:07:30Z','batch':[{'event':'e'}]}");

        assertThat(event.get("sent_ts").asString()).isEqualTo("2026-11-21T01:07:30Z");
    }

    @ParameterizedTest
    @CsvSource({
        "3000, 2026-11-21T01:07:30.664000Z",
        "'\"3000\"', 2026-11-21T01:07:30.664000Z",
        "0, 2026-11-21T01:07:33.664000Z"
    })
    void countsAnOffsetBackFromTheSendTime(String offset, String eventTs) {
        JsonNode event = sent("2026-11-21T01:07:33.664Z", "'offset':" + offset);

        assertThat(event.get("event_ts").asString()).isEqualTo(eventTs);
    }

    @Test
    void believesATimestampMoreThanAnOffset() {
        JsonNode event =
                sent("2026-11-21T01:07:34Z", "'offset':3000,'timestamp':'2026-11-21T01:07:33Z'");

        assertThat(event.get("event_ts").asString()).isEqualTo("2026-11-21T01:07:33Z");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"soon\"', 2026-11-21T01:07:34Z",
        "1e999, 2026-11-21T01:07:34Z",
        "99999999999999999999, 2026-11-21T01:07:34Z",
        "{}, 2026-11-21T01:07:34Z",
        "3000, yesterday",
        "3000, ''"
    })
    void leavesTheTimeOpenWhereAnOffsetSaysNothing(String offset, String sentAt) {
        JsonNode event = sent(sentAt, "'offset':" + offset);

        assertThat(event.has("event_ts")).isFalse();
        assertThat(event.at("/context/posthog").has("offset")).isTrue();
    }

    private JsonNode sent(String sentAt, String members) {
        return read("{'sent_at':'" + sentAt + "','batch':[{'event':'e'," + members + "}]}");
    }

    private JsonNode read(String body) {
        return only(posthog.read(post("/batch", body)));
    }
}
