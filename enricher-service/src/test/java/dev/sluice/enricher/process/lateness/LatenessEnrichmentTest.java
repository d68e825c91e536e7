package dev.sluice.enricher.process.lateness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class LatenessEnrichmentTest {

    @Test
    void marksWhatHappenedLongerAgoThanTheLimit() {
        assertThat(isLate(Duration.ofHours(1).plusNanos(1000))).isTrue();
        assertThat(isLate(Duration.ofHours(1))).isFalse();
        assertThat(isLate(Duration.ZERO)).isFalse();
        assertThat(isLate(Duration.ofHours(-3))).isFalse();
    }

    @Test
    void refusesANegativeLimit() {
        assertThatThrownBy(() -> new LatenessEnrichment(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isLate(Duration before) {
        return Enriching.with(
                        new LatenessEnrichment(Duration.ofHours(1)),
                        Fixtures.facts(Fixtures.NOW.minus(before), null, null, null, null))
                .path("is_late")
                .booleanValue();
    }
}
