package dev.sluice.contracts.derived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.lines.LineBatch;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

class DerivedBatchTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.000001Z");

    @Test
    void readsWhatItWrote() {
        List<Derived> derived =
                List.of(
                        new SessionChange(
                                "shop",
                                "s1",
                                3,
                                "p1",
                                "a1",
                                null,
                                null,
                                2,
                                AT,
                                AT,
                                3,
                                1,
                                "https://shop.example/",
                                null,
                                null,
                                "direct",
                                null,
                                null,
                                null,
                                "phone",
                                "DE",
                                false,
                                0,
                                true),
                        new IdentityLink("shop", "anonymous", "a1", "p2", "p1", AT, "e1", false),
                        new DomainEvent(
                                "shop",
                                "e1/purchase_completed",
                                "purchase_completed",
                                AT,
                                JsonMapper.shared().readTree("{\"total\":4.5}")));

        assertThat(DerivedBatch.encode(derived))
                .singleElement()
                .satisfies(batch -> assertThat(DerivedBatch.decode(batch)).isEqualTo(derived));
    }

    @Test
    void saysNothingOfALineThatItCannotRead() {
        byte[] batch =
                LineBatch.encode(
                                List.of(
                                        "{\"kind\":\"session\",\"revision\":\"eva@mail.example\"}"
                                                .getBytes(StandardCharsets.UTF_8)))
                        .getFirst();

        assertThatThrownBy(() -> DerivedBatch.decode(batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line")
                .hasMessageNotContaining("eva@");
    }
}
