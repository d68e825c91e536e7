package dev.sluice.enricher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextsTest {

    @Test
    void findsTextsWhereverTheyStandAndPassesOverTheRest() {
        String body =
                """
                {"a":[{"context":{"page":{"url":"no"}}}],"page":{"url":"no"},
                "context":{"page":{"title":"t","url":"https://x.example/\\u00e9","path":7},
                "user_agent_data":{"mobile":true},"campaign":null},
                "properties":{"previous_id":"a-0"}}""";

        assertThat(text(body, BodyField.PAGE_URL)).isEqualTo("https://x.example/é");
        assertThat(text(body, BodyField.PAGE_PATH)).isNull();
        assertThat(text(body, BodyField.HINTS_MOBILE)).isEqualTo("true");
        assertThat(text(body, BodyField.CAMPAIGN_NAME)).isNull();
        assertThat(text(body, BodyField.PREVIOUS_ID)).isEqualTo("a-0");
    }

    /// A name beyond ASCII, one with an escape, and a value that is nested too deeply.
    @ParameterizedTest
    @ValueSource(strings = {"\"gr\u00f6\u00dfe\":1", "\"\\u0061\":1", "\"deep\":%s"})
    void findsThemBesideWhatTheQuickReaderDoesNotRead(String field) {
        String body =
                "{%s,\"context\":{\"page\":{\"url\":\"https://x.example/\"}}}"
                        .formatted(field.formatted("[".repeat(70) + "]".repeat(70)));

        assertThat(text(body, BodyField.PAGE_URL)).isEqualTo("https://x.example/");
        assertThat(text(body, BodyField.PAGE_PATH)).isNull();
    }

    @Test
    void saysNothingOfABodyThatIsNoJson() {
        assertThatThrownBy(() -> text("{\"user\":eva@mail.example", BodyField.PAGE_URL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("eva");
    }

    private static @Nullable String text(String body, BodyField field) {
        return BodyTexts.of(Bytes.utf8(body), field.object())[field.ordinal()];
    }
}
