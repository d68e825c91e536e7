package dev.sluice.local.redshift.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.redshift.copy.LoadProgress;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;

final class ErrorTranslationTest {

    private static ServerError server(
            String sqlState, String message, Map<Character, String> fields) {
        return new ServerError("ERROR", sqlState, message, "", fields);
    }

    @Test
    void keepsValuesOutOfLoadErrors() {
        ServerError error =
                server(
                        "22P02",
                        "invalid input syntax for type integer: \"secret\"",
                        Map.of('W', "COPY stg, line 12, column amount: \"secret\""));
        ErrorTranslation.LoadError load =
                ErrorTranslation.load(error, Optional.empty(), new LoadProgress());
        assertThat(load.column()).isEqualTo("amount");
        assertThat(load.line()).isEqualTo(12);
        assertThat(ErrorTranslation.loadFailed("stg", load).toString()).doesNotContain("secret");
    }

    @Test
    void saysValueTooLongForAByteLimit() {
        ServerError shown =
                ErrorTranslation.statement(
                        server(
                                "23514",
                                "violates check constraint",
                                Map.of('n', "max_5_bytes_in_body")));
        assertThat(shown.sqlState()).isEqualTo("22001");
        assertThat(shown.detail()).contains("8001").contains("character varying(5)");
    }

    @Test
    void leavesOtherErrorsAlone() {
        ServerError error = server("42P01", "relation \"t\" does not exist", Map.of());
        assertThat(ErrorTranslation.statement(error)).isSameAs(error);
    }
}
