package dev.sluice.enricher.process.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class BotsTest {

    private static final UserAgentParser PARSER = new UserAgentParser();

    @ParameterizedTest
    @CsvFileSource(
            resources = "/device/agents.txt",
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 1024)
    void tellsBotsFromPeopleAndTheirPrograms(String label, String userAgent) {
        Device device = PARSER.parse(userAgent);

        assertThat(device.bot()).isEqualTo(label.equals("bot"));
        assertThat(device.deviceClass().equals("bot")).isEqualTo(device.bot());
    }
}
