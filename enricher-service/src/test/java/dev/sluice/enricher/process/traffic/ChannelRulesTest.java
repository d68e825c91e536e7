package dev.sluice.enricher.process.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelRulesTest {

    private static final TrafficSource SPRING =
            new TrafficSource(
                    true, SourceClass.SITE, "Partner", null, "spring-26", ClickId.AWC, null);

    @Test
    void takesTheFirstRuleWhoseConditionsAllHold() {
        assertThat(channel("campaign: spring", "click_id: [awc]")).isEqualTo("rest");
        assertThat(channel("campaign: SPRING-\\d+", "click_id: [gclid, awc]")).isEqualTo("ours");
        assertThat(channel("source: partner", "class: [site, social]", "tagged: true"))
                .isEqualTo("ours");
        assertThat(channel("source: partner", "tagged: false")).isEqualTo("rest");
        assertThat(channel("medium: ''")).as("absent").isEqualTo("ours");
        assertThat(channel("click_id: [gclid]")).isEqualTo("rest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mine.yml, rule 2 (b): medium is no regular expression | {channel: b, medium: '('}
                    mine.yml, rule 2 (b): there is no condition [mediun] | {channel: b, mediun: x}
                    mine.yml, rule 2 (b): class has no serch; there are [search, | {channel: b, class: [serch]}
                    mine.yml, rule 2 (b): class is no list of names | {channel: b, class: search}
                    mine.yml, rule 2 (b): click_id has no gclld; there are [gclid, | {channel: b, click_id: [gclld]}
                    mine.yml, rule 2 (b): tagged is neither true nor false | {channel: b, tagged: perhaps}
                    mine.yml, rule 2 (b): source is no text | {channel: b, source: 5}
                    mine.yml, rule 2 (B c): channel is no name in snake case | {channel: B c}
                    mine.yml, rule 2: channel is no name in snake case | {medium: x}
                    mine.yml, rule 2: is no list of conditions | text
                    """)
    void namesTheRuleThatIsWrong(String message, String rule) {
        String yaml = "rules: [{channel: a}, " + rule + ", {channel: rest}]";

        assertThatThrownBy(() -> ChannelRules.of("mine.yml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void wantsALastRuleThatAlwaysFits() {
        assertThatThrownBy(() -> ChannelRules.of("m.yml", "rules: [{channel: a, medium: x}]"))
                .hasMessageContaining("m.yml: the last rule");
        assertThatThrownBy(() -> ChannelRules.of("m.yml", "rules: []"))
                .hasMessageContaining("m.yml: the last rule");
        assertThatThrownBy(() -> ChannelRules.of("m.yml", "rule: []"))
                .hasMessageContaining("m.yml is not a list");
        assertThatThrownBy(() -> ChannelRules.of("m.yml", "rules: [{"))
                .hasMessageContaining("m.yml is no YAML");
        assertThatThrownBy(() -> ChannelRules.of("m.yml", "rules: !!java.net.URL [x]"))
                .hasMessageContaining("m.yml is no YAML");
    }

    private static String channel(String... conditions) {
        String yaml =
                "rules:\n  - {channel: ours, "
                        + String.join(", ", conditions)
                        + "}\n  - {channel: rest}\n";
        return ChannelRules.of("mine.yml", yaml).channelOf(SPRING);
    }
}
