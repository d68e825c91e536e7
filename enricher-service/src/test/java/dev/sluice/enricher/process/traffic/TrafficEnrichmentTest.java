package dev.sluice.enricher.process.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;

class TrafficEnrichmentTest {

    private static final String SHOP = "https://shop.example.com/p";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TrafficEnrichment enrichment =
            new TrafficEnrichment(Referrers.bundled(100), ChannelRules.bundled());

    /// `query` is that of the page.
    @ParameterizedTest(name = "{0} from {1}")
    @CsvFileSource(
            resources = "/traffic/visits.txt",
            delimiter = '|',
            nullValues = "-",
            maxCharsPerColumn = 4096)
    void tellsWhatBroughtAVisitor(
            @Nullable String query,
            @Nullable String referrer,
            String channel,
            @Nullable String source,
            @Nullable String medium,
            @Nullable String campaign,
            @Nullable String clickId,
            @Nullable String term) {
        String page = query == null ? SHOP : SHOP + "?" + query;

        JsonNode traffic = enriched(page, referrer, null).path("traffic");

        assertThat(field(traffic, "channel")).isEqualTo(channel);
        assertThat(field(traffic, "source")).isEqualTo(source);
        assertThat(field(traffic, "medium")).isEqualTo(medium);
        assertThat(field(traffic, "campaign")).isEqualTo(campaign);
        assertThat(field(traffic, "click_id")).isEqualTo(clickId);
        assertThat(field(traffic, "term")).isEqualTo(term);
    }

    @Test
    void prefersTheEventsCampaignToTheQuery() {
        JsonNode traffic =
                enriched(
                                SHOP + "?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d",
                                null,
                                JSON.createObjectNode()
                                        .put("source", "google")
                                        .put("medium", "cpc")
                                        .put("name", "spring"))
                        .path("traffic");

        assertThat(field(traffic, "source")).isEqualTo("google");
        assertThat(field(traffic, "channel")).isEqualTo("paid_search");
        assertThat(field(traffic, "campaign")).isEqualTo("spring");
        assertThat(field(traffic, "term")).as("from the query").isEqualTo("d");
    }

    @Test
    void needsNoPageWhenThereIsACampaign() {
        JsonNode traffic =
                enriched(null, null, JSON.createObjectNode().put("medium", "email"))
                        .path("traffic");

        assertThat(field(traffic, "channel")).isEqualTo("email");
    }

    @Test
    void skipsAnEventThatHasNeitherPageNorCampaign() {
        JsonNode section = enriched(null, null, null);

        assertThat(section.has("traffic")).isFalse();
        assertThat(section.path("enrichments_skipped").asString()).isEqualTo("traffic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "://",
                "https://",
                "https:///path",
                "not an address",
                "https://@:/",
                "a://b:",
                "https://[::1]:8080/",
                "https://1.2.3.4/?",
                "https://x..y/",
                "https://%zz/?q=%",
                "javascript:alert(1)",
                "about:blank",
                "https://xn--/",
                "file:///etc/passwd"
            })
    void survivesAnyAddress(String address) {
        assertThat(enriched(address, address, null).has("enrichments_failed")).isFalse();
        assertThat(enriched(SHOP, address, null).at("/traffic/channel").asString())
                .isIn("direct", "referral");
        JsonNode broken = enriched(SHOP + "?utm_source=%zz&&=&=x&gclid&q", address, null);
        assertThat(broken.at("/traffic/source").asString()).isEqualTo("%zz");
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.co.uk/, https://www.example.co.uk/, internal",
        "https://shop.example.co.uk/, https://other.co.uk/,       referral",
        "https://a.github.io/,        https://b.github.io/,       referral",
        "http://localhost:3000/,      http://localhost:4000/,     internal",
        "http://10.0.0.1/,            http://10.0.0.1:81/,        internal",
        "http://10.0.0.1/,            http://10.0.0.2/,           referral",
        "https://EXAMPLE.com./,       https://example.com:443/,   internal",
        "https://www.google.com/,     https://mail.google.com/,   internal",
    })
    void takesASiteForTheSameByTheDomainThatWasRegistered(
            String page, String referrer, String channel) {
        assertThat(enriched(page, referrer, null).at("/traffic/channel").asString())
                .isEqualTo(channel);
    }

    @Test
    void keepsWithinTheWidthsOfTheColumns() {
        String wide = "ü".repeat(600);

        JsonNode traffic =
                enriched(
                                SHOP + "?gclid=" + wide,
                                null,
                                JSON.createObjectNode()
                                        .put("source", wide)
                                        .put("medium", wide)
                                        .put("name", wide)
                                        .put("term", wide))
                        .path("traffic");

        assertThat(bytes(traffic, "source")).isEqualTo(256);
        assertThat(bytes(traffic, "medium")).isEqualTo(256);
        assertThat(bytes(traffic, "campaign")).isEqualTo(512);
        assertThat(bytes(traffic, "term")).isEqualTo(512);
        assertThat(traffic.toString()).doesNotContain("gclid=");
    }

    private JsonNode enriched(
            @Nullable String page, @Nullable String referrer, @Nullable ObjectNode campaign) {
        ObjectNode context = JSON.createObjectNode();
        context.putObject("page").put("url", page).put("referrer", referrer);
        if (campaign != null) {
            context.set("campaign", campaign);
        }
        String body = JSON.createObjectNode().set("context", context).toString();
        SectionedEvent event =
                SectionedEvent.received(Fixtures.receipt("e-1").encode(), Bytes.utf8(body))
                        .withChecked(
                                Fixtures.facts(Fixtures.NOW, "a-1", null, null, null).encode());
        return Enriching.with(enrichment, Enriching.view(event));
    }

    private static @Nullable String field(JsonNode traffic, String name) {
        return traffic.path(name).asString(null);
    }

    private static int bytes(JsonNode traffic, String name) {
        return traffic.path(name).asString().getBytes(StandardCharsets.UTF_8).length;
    }
}
