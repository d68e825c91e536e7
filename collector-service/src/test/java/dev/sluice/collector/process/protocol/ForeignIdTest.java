package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The hashes are those of `printf %s ID | sha256sum`.
class ForeignIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "node-next-1795223253664-01234567-89ab-4cde-8f01-23456789abcd",
                "0123456789012345678901234567890123456789012345678901234567890123",
                "éééééééééééééééééééééééééééééééé"
            })
    void keepsAnIdOfAtMost64Bytes(String id) {
        assertThat(ForeignId.fitted(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
                + " sha256-635361c48bb9eab14198e76ea8ab7f1a",
        "ééééééééééééééééééééééééééééééééé, sha256-f696c24ae52af2f9f6d5feaed130d4d1",
        "node-0123456789abcdef0123456789abcdef-01234567-89ab-4cde-8f01-23456789abcd,"
                + " sha256-ab0136fbb1cb2a8e99d87eed013f39f3"
    })
    void makesALongerOneAHashThatACopyGetsToo(String id, String hash) {
        assertThat(ForeignId.fitted(id)).isEqualTo(hash);
    }

    @Test
    void makesNoIdOfNone() {
        assertThat(ForeignId.fitted(null)).isNull();
    }
}
