package dev.sluice.enricher.process.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.Fixtures;
import dev.sluice.enricher.process.Enriching;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

class ClientHintsTest {

    private static final String WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/141.0.0.0 Safari/537.36";
    private static final String MAC =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/141.0.0.0 Safari/537.36";
    private static final String ANDROID =
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/141.0.0.0 Mobile Safari/537.36";
    private static final String LINUX =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/141.0.0.0 Safari/537.36";

    private final DeviceEnrichment enrichment = new DeviceEnrichment(Fixtures.devices());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    WINDOWS | -                                                                   | desktop | Windows  | 10
                    WINDOWS | {"mobile":false,"platform":"Windows"}                               | desktop | Windows  | 10
                    WINDOWS | {"mobile":false,"platform":"Windows","platform_version":"15.0.0"}   | desktop | Windows  | 11
                    WINDOWS | {"mobile":false,"platform":"Windows","platform_version":"10.0.0"}   | desktop | Windows  | 10
                    WINDOWS | {"mobile":false,"platform":"Windows","platform_version":"0.3.0"}    | desktop | Windows  | 10
                    WINDOWS | {"platform":"Windows","platform_version":"99999999999.1"}           | desktop | Windows  | 10
                    MAC     | {"mobile":false,"platform":"macOS","platform_version":"14.5.0"}     | desktop | Mac OS X | 14.5
                    MAC     | {"mobile":false,"platform":"macOS","platform_version":""}           | desktop | Mac OS X | 10.15.7
                    MAC     | {"mobile":false,"platform":"macOS","platform_version":"<b>"}        | desktop | Mac OS X | 10.15.7
                    ANDROID | -                                                                   | phone   | Android  | 10
                    ANDROID | {"mobile":true,"platform":"Android","platform_version":"15.0.0","model":"Pixel 9"} | phone | Android | 15
                    ANDROID | {"mobile":false,"platform":"Android","platform_version":"14.0.0"}   | tablet  | Android  | 14
                    LINUX   | {"mobile":false,"platform":"Linux","platform_version":"6.8.0"}      | desktop | Linux    | 6.8
                    LINUX   | {"mobile":false,"platform":"Android","platform_version":"14.0.0","model":"SM-X710"} | tablet | Android | 14
                    LINUX   | {"mobile":true,"platform":"Android"}                                | phone   | Android  | -
                    LINUX   | {"mobile":false,"platform":"Fuchsia","platform_version":"1"}        | desktop | Linux    | 1
                    LINUX   | {"mobile":"?1","platform":"Android"}                                | phone   | Android  | -
                    LINUX   | {"mobile":{},"platform":[1],"platform_version":7}                   | desktop | Linux    | -
                    LINUX   | "text"                                                              | desktop | Linux    | -
                    nothing | {"mobile":false,"platform":"Windows","platform_version":"15.0.0"}   | desktop | Windows  | 11
                    """)
    void believesHintsMoreThanAFrozenUserAgent(
            String userAgent,
            @Nullable String hints,
            String deviceClass,
            @Nullable String os,
            @Nullable String version) {
        JsonNode device = enriched(userAgent(userAgent), hints).path("device");

        assertThat(device.path("class").asString()).isEqualTo(deviceClass);
        assertThat(device.path("os").asString(null)).isEqualTo(os);
        assertThat(device.path("os_version").asString(null)).isEqualTo(version);
    }

    @Test
    void leavesABotABot() {
        JsonNode device =
                enriched(
                                "Googlebot/2.1 (+http://www.google.com/bot.html)",
                                "{\"mobile\":true,\"platform\":\"Android\"}")
                        .path("device");

        assertThat(device.path("class").asString()).isEqualTo("bot");
        assertThat(device.path("is_bot").asBoolean()).isTrue();
    }

    @Test
    void keepsTheBrowser() {
        JsonNode device =
                enriched(WINDOWS, "{\"platform\":\"Windows\",\"platform_version\":\"15.0.0\"}")
                        .path("device");

        assertThat(device.path("browser").asString()).isEqualTo("Chrome");
        assertThat(device.path("browser_version").asString()).startsWith("141");
    }

    private static String userAgent(String name) {
        return switch (name) {
            case "WINDOWS" -> WINDOWS;
            case "MAC" -> MAC;
            case "ANDROID" -> ANDROID;
            case "LINUX" -> LINUX;
            default -> name;
        };
    }

    private JsonNode enriched(String userAgent, @Nullable String hints) {
        String body = "{\"context\":{\"user_agent_data\":%s}}".formatted(hints);
        SectionedEvent event =
                SectionedEvent.received(Fixtures.receipt("e-1").encode(), Bytes.utf8(body))
                        .withChecked(
                                Fixtures.facts(Fixtures.NOW, "a-1", null, null, userAgent)
                                        .encode());
        return Enriching.with(enrichment, Enriching.view(event));
    }
}
