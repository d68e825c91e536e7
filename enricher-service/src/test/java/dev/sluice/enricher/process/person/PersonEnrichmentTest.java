package dev.sluice.enricher.process.person;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PersonEnrichmentTest {

    @Test
    void takesTheBestIdThereIs() {
        assertThat(person("a", "u", "s")).isEqualTo("u");
        assertThat(person("a", null, "s")).isEqualTo("a");
        assertThat(person(null, null, "s")).isEqualTo("s");
        assertThat(person(null, null, null)).isEqualTo("e-1");
    }

    @Test
    void countsAnEmptyIdAsAbsent() {
        assertThat(person("", "", "s")).isEqualTo("s");
        assertThat(person("", "", "")).isEqualTo("e-1");
    }

    private static String person(
            @Nullable String anonymous, @Nullable String user, @Nullable String session) {
        return Enriching.with(
                        new PersonEnrichment(),
                        Fixtures.facts(Fixtures.NOW, anonymous, user, session, null))
                .path("person_id")
                .asString();
    }
}
