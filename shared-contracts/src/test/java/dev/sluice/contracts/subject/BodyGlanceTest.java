package dev.sluice.contracts.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class BodyGlanceTest {

    private static final String EVENT =
            """
            {"event_type":"page_view","user_id":"ann","anonymousId":"d-\u00e9","properties":\
            {"user_id":"no","list":[1,{"a":null}]},"user_id":"bob","sent":1.5e3}""";

    @Test
    void readsTypeAndIdsAtTheTopOnly() {
        BodyGlance glance = BodyGlance.of(Bytes.utf8(EVENT));

        assertThat(glance.eventType()).isEqualTo("page_view");
        assertThat(glance.subjects())
                .extracting(SubjectId::value)
                .containsExactly("ann", "d-\u00e9", "bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "[1]",
                "{\"event_type\":1}",
                "{\"event_type\":\"a\",\"event_type\":null}",
                "{\"user_id\":42,\"event_type\":\"a\"}",
                "{\"user_id\":true,\"n\\u0061me\":1}",
                "{\"user_id\":\"a\\u0062\",\"x\":[}",
                "{\"user_id\":{\"user_id\":1}}",
                "{\"user_id\":\"ann\"} and more",
            })
    void aQuickLookFindsWhatTheParserFinds(String body) {
        assertThat(BodyGlance.of(Bytes.utf8(body))).isEqualTo(BodyGlance.parsed(Bytes.utf8(body)));
    }

    /// Ids must never be overlooked, however a body is damaged.
    @Test
    void aQuickLookOverlooksNoIdOfADamagedBody() {
        Random random = new Random(7);
        byte[] good = EVENT.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 50_000; i++) {
            byte[] bad = good.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Bytes body = new Bytes(bad, 0, 1 + random.nextInt(bad.length));

            assertThat(BodyGlance.of(body).subjects())
                    .as(body.asUtf8())
                    .containsAll(BodyGlance.parsed(body).subjects());
        }
    }
}
