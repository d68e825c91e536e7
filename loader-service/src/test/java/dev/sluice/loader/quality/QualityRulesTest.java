package dev.sluice.loader.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.loader.quality.Hour.Events;
import dev.sluice.loader.quality.Hour.Presence;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;

class QualityRulesTest {

    private static final TypeKey SEARCH = new TypeKey("shop", "web", "search", "1-0-0");
    private static final FieldKey SORT = new FieldKey("shop", "search", "search_sort");

    private final QualityRules rules =
            new QualityRules(
                    new KnownTypes(ContractCatalog.bundled()),
                    new QualityLimits(100, 2, 20, 0.02, 0.1));

    private final Map<Integer, Hour> hours = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {0, 400, 2_100})
    void tellsAVolumeThatIsNotUsual(long now) {
        days(1, 5, 1_000);
        hours.put(0, searches(now, 0));

        assertThat(rules.judge(hours, true))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.subject().signal()).isEqualTo(Signal.VOLUME);
                            assertThat(finding.team()).isEqualTo("web-platform");
                            assertThat(finding.observed()).isEqualTo(now);
                            assertThat(finding.usual()).isEqualTo(1_000);
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {600, 1_000, 1_900})
    void staysQuietWithinTheFactor(long now) {
        days(1, 5, 1_000);
        hours.put(0, searches(now, 0));

        assertThat(rules.judge(hours, true)).isEmpty();
    }

    @Test
    void staysQuietWhereEveryDayIsDifferent() {
        long[] volumes = {300, 3_000, 900, 100, 1_500, 2_500};
        for (int day = 0; day < volumes.length; day++) {
            hours.put(day + 1, searches(volumes[day], 0));
        }
        hours.put(0, searches(250, 0));

        assertThat(rules.judge(hours, true)).isEmpty();
    }

    @Test
    void aDayOfOutageIsNotUsual() {
        days(1, 6, 1_000);
        hours.put(3, searches(0, 0));
        hours.put(0, searches(0, 0));

        assertThat(rules.judge(hours, true)).hasSize(1);
    }

    @Test
    void comparesASundayWithSundays() {
        days(1, 28, 1_000);
        for (int week = 1; week <= 4; week++) {
            hours.put(7 * week, searches(200, 0));
        }
        hours.put(0, searches(200, 0));

        assertThat(rules.judge(hours, true)).isEmpty();

        hours.put(0, searches(1_000, 0));

        assertThat(rules.judge(hours, true)).hasSize(1);
    }

    @Test
    void aTypeIsComparedOnlyWithDaysSinceItWasSent() {
        TypeKey other = new TypeKey("shop", "web", "purchase", "1-0-0");
        for (int day = 1; day <= 28; day++) {
            Hour hour = day <= 2 ? searches(1_000, 0) : Hour.EMPTY;
            Map<TypeKey, Events> types = new HashMap<>(hour.types());
            types.put(other, new Events(500, 0));
            hours.put(day, new Hour(types, Map.of()));
        }
        hours.put(
                0,
                new Hour(
                        Map.of(SEARCH, new Events(1_000, 0), other, new Events(500, 0)), Map.of()));

        assertThat(rules.judge(hours, true)).isEmpty();
    }

    @Test
    void judgesNoVolumeOfAnHourThatIsNotComplete() {
        days(1, 5, 1_000);
        hours.put(0, searches(0, 0));

        assertThat(rules.judge(hours, false)).isEmpty();
    }

    @Test
    void tellsRefusalsOfANewVersionThatFewSend() {
        TypeKey next = new TypeKey("shop", "web", "search", "1-1-0");
        days(1, 5, 10_000);
        hours.put(
                0,
                new Hour(Map.of(SEARCH, new Events(10_000, 0), next, new Events(5, 45)), Map.of()));

        assertThat(rules.judge(hours, true))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.subject().type()).isEqualTo(next);
                            assertThat(finding.observed()).isEqualTo(0.9);
                            assertThat(finding.message()).contains("90.0 %");
                        });
    }

    @Test
    void refusalsOfNoTypeAreAShareOfAllThatTheSourceSends() {
        TypeKey nameless = new TypeKey("shop", "web", "", "");
        hours.put(
                0,
                new Hour(
                        Map.of(SEARCH, new Events(2_000, 0), nameless, new Events(0, 30)),
                        Map.of()));
        assertThat(rules.judge(hours, true)).isEmpty();

        hours.put(
                0,
                new Hour(
                        Map.of(SEARCH, new Events(1_000, 0), nameless, new Events(0, 30)),
                        Map.of()));
        assertThat(rules.judge(hours, true)).hasSize(1);
    }

    @Test
    void aFewRefusalsOfAFewEventsAreNotTold() {
        hours.put(0, searches(1, 19));

        assertThat(rules.judge(hours, true)).isEmpty();
    }

    @Test
    void tellsAFieldThatIsMissingMoreThanUsualOnly() {
        for (int day = 1; day <= 5; day++) {
            hours.put(day, presence(1_000, 300 + day));
        }
        hours.put(0, presence(1_000, 250));
        assertThat(rules.judge(hours, true)).isEmpty();

        hours.put(0, presence(1_000, 900));
        assertThat(rules.judge(hours, true)).isEmpty();

        hours.put(0, presence(1_000, 100));
        assertThat(rules.judge(hours, true))
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.subject().signal()).isEqualTo(Signal.NULLS);
                            assertThat(finding.subject().field()).isEqualTo("search_sort");
                        });
    }

    private void days(int from, int to, long volume) {
        for (int day = from; day <= to; day++) {
            hours.put(day, searches(volume, 0));
        }
    }

    private static Hour searches(long loaded, long rejected) {
        return loaded + rejected == 0
                ? Hour.EMPTY
                : new Hour(Map.of(SEARCH, new Events(loaded, rejected)), Map.of());
    }

    private static Hour presence(long events, long present) {
        return new Hour(Map.of(), Map.of(SORT, new Presence(events, present)));
    }
}
