package dev.sluice.loader.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

class SinkRulesTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final EventId EVENT = new EventId("e1");
    private static final int MANY = 100_000;

    @Test
    void withoutRulesEverythingGoes() {
        assertThat(new SinkRules(List.of()).lets(ACME, "page_view", EVENT)).isTrue();
    }

    @Test
    void theFirstRuleAboutAnEventDecides() {
        SinkRules rules =
                new SinkRules(
                        List.of(
                                new SinkRule(Set.of("acme"), Set.of("page_view"), 0),
                                new SinkRule(Set.of(), Set.of("page_view"), 1),
                                new SinkRule(Set.of("acme"), Set.of(), 1)));

        assertThat(rules.lets(ACME, "page_view", EVENT)).isFalse();
        assertThat(rules.lets(ACME, "search", EVENT)).isTrue();
        assertThat(rules.lets(new TenantId("rival"), "page_view", EVENT)).isTrue();
        assertThat(rules.lets(new TenantId("rival"), "search", EVENT)).isFalse();
    }

    @Test
    void aSampleHasItsShareWhateverTheIdsLookLike() {
        Random random = new Random(7);
        assertThat(share(0.1, i -> new UUID(random.nextLong(), random.nextLong()).toString()))
                .isCloseTo(0.1, within(0.004));
        assertThat(share(0.1, i -> "event-" + i)).isCloseTo(0.1, within(0.004));
        assertThat(share(0.01, i -> String.valueOf(1_700_000_000_000L + i)))
                .isCloseTo(0.01, within(0.0015));
    }

    @Test
    void aLargerSampleHasTheEventsOfASmallerOne() {
        SinkRules tenth = sample(0.1);
        SinkRules third = sample(0.3);

        assertThat(
                        IntStream.range(0, MANY)
                                .mapToObj(i -> new EventId("event-" + i))
                                .filter(event -> tenth.lets(ACME, "search", event)))
                .isNotEmpty()
                .allMatch(event -> third.lets(ACME, "search", event));
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatThrownBy(() -> new SinkRule(Set.of(), Set.of(), 1.1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SinkRule(Set.of(), Set.of(), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double share(double sample, IntFunction<String> ids) {
        SinkRules rules = sample(sample);
        return IntStream.range(0, MANY)
                        .filter(i -> rules.lets(ACME, "search", new EventId(ids.apply(i))))
                        .count()
                / (double) MANY;
    }

    private static SinkRules sample(double share) {
        return new SinkRules(List.of(new SinkRule(Set.of(), Set.of(), share)));
    }
}
