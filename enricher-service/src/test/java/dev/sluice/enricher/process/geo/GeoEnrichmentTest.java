package dev.sluice.enricher.process.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

class GeoEnrichmentTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<GeoDatabases> databases =
            new AtomicReference<>(
                    GeoFixtures.databases(
                            GeoFixtures.open(GeoFixtures.CITY), GeoFixtures.open(GeoFixtures.ASN)));
    private final GeoEnrichment enrichment =
            new GeoEnrichment(new CachedGeoLookup(databases::get, 100, meters));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    81.2.69.142,      GB, England,         London,    51.5142,  -0.0931
                    2.125.160.216,    GB, England,         Boxford,   51.75,    -1.25
                    89.160.20.112,    SE, Östergötland County, Linköping, 58.4167, 15.6167
                    216.160.83.56,    US, Washington,      Milton,    47.2513,  -122.3149
                    175.16.199.1,     CN, Jilin Sheng,     Changchun, 43.88,    125.3228
                    2001:220::1,      KR, -,               -,         37,       127.5
                    ::ffff:81.2.69.142, GB, England,       London,    51.5142,  -0.0931
                    """)
    void knowsWhatTheTestDataSays(
            String address,
            String country,
            @Nullable String region,
            @Nullable String city,
            double latitude,
            double longitude) {
        JsonNode geo = enriched(address).path("geo");

        assertThat(geo.path("country").asString()).isEqualTo(country);
        assertThat(geo.path("region").asString(null)).isEqualTo(region);
        assertThat(geo.path("city").asString(null)).isEqualTo(city);
        assertThat(geo.path("lat").asDouble()).isEqualTo(latitude);
        assertThat(geo.path("lon").asDouble()).isEqualTo(longitude);
    }

    @Test
    void addsTheAutonomousSystem() {
        JsonNode geo = enriched("1.128.0.1").path("geo");

        assertThat(geo.path("asn").asLong()).isEqualTo(1221);
        assertThat(geo.path("as_organization").asString()).isEqualTo("Telstra Pty Ltd");
    }

    @Test
    void readsTheFlatLayoutWithoutDigitsThatAreNotThere() {
        use(GeoFixtures.open("dbip.mmdb", GeoFixtures.flat("Berlin")));

        JsonNode geo = enriched("81.1.2.3").path("geo");

        assertThat(geo.toString())
                .isEqualTo(
                        "{\"country\":\"DE\",\"region\":\"Berlin\",\"city\":\"Berlin\","
                                + "\"lat\":52.5244,\"lon\":13.4105}");
    }

    @Test
    void asksTheNextDatabaseWhatTheFirstDoesNotKnow() {
        use(
                GeoFixtures.open("a.mmdb", GeoFixtures.flat("Berlin")),
                GeoFixtures.open(GeoFixtures.CITY));

        assertThat(enriched("81.2.69.142").at("/geo/city").asString()).isEqualTo("Berlin");
        assertThat(enriched("2.125.160.216").at("/geo/city").asString()).isEqualTo("Boxford");
        assertThat(enriched("2001:220::1").at("/geo/country").asString()).isEqualTo("KR");
    }

    @Test
    void takesTheAddressOfTheConnectionWhenTheEventNamesNone() {
        use(
                GeoFixtures.open(
                        "a.mmdb",
                        new TinyDatabase("t").with(198, Map.of("country_code", "FR")).bytes()));

        assertThat(enriched(null).at("/geo/country").asString()).isEqualTo("FR");
    }

    @Test
    void isAppliedToAnAddressThatNobodyKnows() {
        JsonNode section = enriched("10.0.0.1");

        assertThat(section.has("geo")).isFalse();
        assertThat(section.path("enrichments_applied").asString()).isEqualTo("geo");
        assertThat(lookups("unknown")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"localhost", "shop.example", "''", "999.1.1.1", "[::1", "81.2.69.142:80"})
    void skipsWhatIsNoAddress(String text) {
        JsonNode section = enriched(text);

        assertThat(section.path("enrichments_skipped").asString()).isEqualTo("geo");
        assertThat(lookups("no_address")).isEqualTo(1);
    }

    @Test
    void skipsEveryEventWithoutADatabase() {
        use();

        assertThat(enriched("81.2.69.142").path("enrichments_skipped").asString()).isEqualTo("geo");
        assertThat(lookups("off")).isEqualTo(1);
    }

    @Test
    void remembersAnAddressUntilThereAreOtherDatabases() {
        assertThat(enriched("81.2.69.142").at("/geo/city").asString()).isEqualTo("London");
        assertThat(enriched("81.2.69.142").at("/geo/city").asString()).isEqualTo("London");
        assertThat(lookups("found")).isEqualTo(1);
        assertThat(lookups("hit")).isEqualTo(1);

        use(GeoFixtures.open("a.mmdb", GeoFixtures.flat("Berlin")));

        assertThat(enriched("81.2.69.142").at("/geo/city").asString()).isEqualTo("Berlin");
    }

    @Test
    void keepsWithinTheWidthsOfTheColumns() {
        use(
                GeoFixtures.open("a.mmdb", GeoFixtures.flat("ü".repeat(200))),
                GeoFixtures.open(
                        "b.mmdb",
                        new TinyDatabase("asn")
                                .with(
                                        81,
                                        Map.of(
                                                "autonomous_system_number",
                                                64_512L,
                                                "autonomous_system_organization",
                                                "ö".repeat(400)))
                                .bytes()));

        JsonNode geo = enriched("81.1.1.1").path("geo");

        assertThat(utf8(geo.path("city").asString())).isEqualTo(width("geo_city"));
        assertThat(utf8(geo.path("as_organization").asString()))
                .isEqualTo(width("geo_as_organization"));
    }

    @Test
    void leavesOutWhatIsNotOnEarthOrNoCountry() {
        use(
                GeoFixtures.open(
                        "a.mmdb",
                        new TinyDatabase("t")
                                .with(
                                        81,
                                        Map.of(
                                                "country_code",
                                                "Europe",
                                                "city",
                                                "Here",
                                                "latitude",
                                                91.0,
                                                "longitude",
                                                13.0))
                                .bytes()));

        assertThat(enriched("81.1.1.1").path("geo").toString()).isEqualTo("{\"city\":\"Here\"}");
    }

    @ParameterizedTest
    @CsvSource({
        GeoFixtures.BROKEN_DOUBLE + ",invalid size of double",
        GeoFixtures.BROKEN_TREE + ",Invalid search tree"
    })
    void refusesADamagedDatabaseByName(String file, String why) {
        assertThatThrownBy(() -> GeoFixtures.open(file))
                .isInstanceOf(InvalidGeoDatabase.class)
                .hasMessageStartingWith(file + " is damaged: ")
                .hasMessageContaining(why);
    }

    @Test
    void refusesADatabaseOfSomethingElse() {
        byte[] other = new TinyDatabase("t").with(81, Map.of("is_proxy", "yes")).bytes();

        assertThatThrownBy(() -> GeoFixtures.open("proxies.mmdb", other))
                .hasMessage(
                        "proxies.mmdb is no database of places: all that its records have is [is_proxy]");
        assertThatThrownBy(() -> GeoFixtures.open("e.mmdb", new TinyDatabase("t").bytes()))
                .hasMessage("e.mmdb is no database of places: all that its records have is []");
    }

    private void use(GeoDatabase... others) {
        databases.set(GeoFixtures.databases(others));
    }

    private JsonNode enriched(@Nullable String address) {
        CheckedFacts facts =
                new CheckedFacts(
                        "page_view",
                        null,
                        "1-0-0",
                        Fixtures.NOW,
                        null,
                        null,
                        "a-1",
                        null,
                        null,
                        address,
                        null);
        return Enriching.with(enrichment, facts);
    }

    private double lookups(String result) {
        return meters.get("sluice.geo.lookups").tags("result", result).counter().count();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int width(String column) {
        return EventsTable.bundled().stagingColumns().stream()
                .filter(each -> each.name().equals(column))
                .map(each -> each.type().toString().replaceAll("\\D", ""))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElseThrow();
    }
}
