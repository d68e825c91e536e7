package dev.sluice.enricher.process.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SessionEnrichmentTest {

    private final OpenSessions sessions = new OpenSessions(Fixtures.SESSIONS);
    private final SessionEnrichment enrichment = new SessionEnrichment(sessions, Fixtures.SESSIONS);

    @Test
    void tellsTheSessionOfAnEventAndItsPlaceInIt() {
        with(facts(Duration.ofMinutes(3), "a-1", null));
        JsonNode second = with(facts(Duration.ofMinutes(1), "a-1", null));

        assertThat(second.at("/session/id").asString()).hasSize(32);
        assertThat(second.at("/session/index").asInt()).isEqualTo(1);
        assertThat(second.at("/session/event_index").asInt()).isEqualTo(2);
        assertThat(second.at("/session/is_entry").asBoolean()).isFalse();
        assertThat(second.at("/session/started_at").asString())
                .isEqualTo("2026-11-21T09:57:00.000000Z");
        assertThat(second.path("enrichments_applied").asString()).isEqualTo("session");
    }

    @Test
    void anEventOfNobodyHasNone() {
        JsonNode section = with(facts(Duration.ZERO, null, null));

        assertThat(section.has("session")).isFalse();
        assertThat(section.path("enrichments_skipped").asString()).isEqualTo("session");
    }

    @Test
    void anEventAfterTheWatermarkIsMarkedAndKeepsTheIdThatItsSdkGave() {
        JsonNode without = with(facts(Duration.ofHours(3), "a-1", null));
        JsonNode given = with(facts(Duration.ofHours(3), "a-1", "s-1"));
        JsonNode inTime = with(facts(Duration.ofMinutes(1), "a-1", "s-1"));

        assertThat(without.has("session")).isFalse();
        assertThat(without.path("enrichments_skipped").asString()).isEqualTo("session");
        assertThat(given.path("enrichments_skipped").asString()).isEqualTo("session");
        assertThat(given.at("/session/index").isMissingNode()).isTrue();
        assertThat(given.at("/session/id")).isEqualTo(inTime.at("/session/id"));
    }

    @Test
    void keepsPagesWithoutWhatTheirAddressesCarry() {
        SectionedEvent event =
                SectionedEvent.received(
                                Fixtures.receipt("e-1").encode(),
                                Bytes.utf8(
                                        """
                                        {"context":{"page":{"url":"https://shop.example/a?mail=x#y",
                                        "referrer":"https://news.example/#z"}}}"""))
                        .withChecked(facts(Duration.ZERO, "a-1", null).encode());
        Enriching.with(enrichment, Enriching.view(event));
        List<String> pages = new ArrayList<>();
        sessions.advance(
                Fixtures.NOW.plusSeconds(60),
                change -> {
                    pages.add(String.valueOf(change.entryPage()));
                    pages.add(String.valueOf(change.referrer()));
                });

        assertThat(pages).containsExactly("https://shop.example/a", "https://news.example/");
    }

    private JsonNode with(CheckedFacts facts) {
        return Enriching.with(enrichment, facts);
    }

    private static CheckedFacts facts(
            Duration ago, @Nullable String anonymousId, @Nullable String sessionId) {
        return Fixtures.facts(Fixtures.NOW.minus(ago), anonymousId, null, sessionId, null);
    }
}
