package dev.sluice.enricher.process.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.enricher.Fixtures;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

class DeviceLookupTest {

    private static final UserAgentParser PARSER = new UserAgentParser();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    desktop | Windows | Chrome | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
                    desktop | Mac OS X | Safari | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15
                    desktop | Linux | Firefox | Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0
                    desktop | Chrome OS | Chrome | Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36
                    phone | iOS | Mobile Safari | Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1
                    phone | Android | Chrome Mobile | Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36
                    phone | Android | Android | Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/UD1A)
                    phone | Android | Chrome Mobile | Mozilla/5.0 (Linux; Android 11; CUBOT) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/100.0.0.0 Mobile Safari/537.36
                    phone | Windows Phone | Edge Mobile | Mozilla/5.0 (Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/52.0.2743.116 Mobile Safari/537.36 Edge/15.15063
                    phone | KaiOS | Firefox Mobile | Mozilla/5.0 (Mobile; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5
                    tablet | iOS | Mobile Safari | Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1
                    tablet | Android | Chrome | Mozilla/5.0 (Linux; Android 13; SM-X906C) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36
                    tablet | Android | Amazon Silk | Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36
                    tv | Tizen | Safari | Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36
                    tv | Web0S | Chrome | Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.79 Safari/537.36 WebAppManager
                    tv | ATV OS X | - | AppleTV11,1/11.1
                    tv | Roku | Roku | Roku/DVP-9.10 (519.10E04111A)
                    tv | Android | Android | Mozilla/5.0 (Linux; Android 9; AFTMM) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70 Mobile Safari/537.36
                    console | - | Safari | Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15
                    console | Windows | Edge | Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/48.0.2564.82 Safari/537.36 Edge/20.02
                    console | - | - | Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/601.6 (KHTML, like Gecko) NF/4.0.0.5.10 NintendoBrowser/5.1.0.13343
                    bot | - | Googlebot | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
                    bot | Android | Googlebot | Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)
                    bot | Linux | HeadlessChrome | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36
                    other | - | curl | curl/8.5.0
                    other | - | okhttp | okhttp/4.12.0
                    unknown | - | - | nonsense
                    """)
    void tellsTheClassOfADevice(String deviceClass, String os, String browser, String userAgent) {
        Device device = PARSER.parse(userAgent);

        assertThat(device.deviceClass()).isEqualTo(deviceClass);
        assertThat(device.os()).isEqualTo(os.equals("-") ? null : os);
        assertThat(device.browser()).isEqualTo(browser.equals("-") ? null : browser);
        assertThat(device.bot()).isEqualTo(deviceClass.equals("bot"));
    }

    @Test
    void joinsTheNumbersOfAVersion() {
        Device mac =
                PARSER.parse(
                        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
                                + " (KHTML, like Gecko) Version/18.1 Safari/605.1.15");

        assertThat(mac.osVersion()).isEqualTo("10.15.7");
        assertThat(mac.browserVersion()).isEqualTo("18.1");
    }

    @Test
    void keepsWithinTheWidthOfTheColumns() {
        Device made = PARSER.parse("Firefox/" + "9".repeat(300) + "." + "9".repeat(100));

        assertThat(made.browserVersion()).hasSizeLessThanOrEqualTo(32);
        for (String userAgent : new String[] {"ü".repeat(500), "Mozilla/5.0 (" + "x".repeat(500)}) {
            Device device = PARSER.parse(userAgent);
            assertThat(device.browser() == null ? "" : device.browser())
                    .satisfies(
                            name ->
                                    assertThat(name.getBytes(StandardCharsets.UTF_8))
                                            .hasSizeLessThanOrEqualTo(64));
        }
    }

    @Test
    void parsesAUserAgentOnce() {
        DeviceLookup lookup = lookup(1, 1);

        Device first = lookup.find(Fixtures.IPHONE);

        assertThat(lookup.find(Fixtures.IPHONE)).isSameAs(first);
        assertThat(lookups("parsed")).isEqualTo(1);
        assertThat(lookups("hit")).isEqualTo(1);
    }

    @Test
    void looksAtTheFirst512Characters() {
        DeviceLookup lookup = lookup(1, 1);
        String longOne = Fixtures.IPHONE + " ".repeat(512);

        lookup.find(longOne + "a");
        lookup.find(longOne + "b");

        assertThat(lookups("parsed")).isEqualTo(1);
        assertThat(lookups("hit")).isEqualTo(1);
    }

    @Test
    void callsAFloodOfNewUserAgentsUnknownUntilTheBudgetIsBack() {
        DeviceLookup lookup = lookup(2, 3);

        assertThat(lookup.find("curl/1").deviceClass()).isEqualTo("other");
        assertThat(lookup.find("curl/2").deviceClass()).isEqualTo("other");
        assertThat(lookup.find("curl/3").deviceClass()).isEqualTo("other");
        assertThat(lookup.find("curl/4")).isEqualTo(Device.UNKNOWN);
        assertThat(lookup.find("curl/1").deviceClass()).as("cached").isEqualTo("other");

        nanos.addAndGet(499_999_999);
        assertThat(lookup.find("curl/4")).isEqualTo(Device.UNKNOWN);
        nanos.addAndGet(1);
        assertThat(lookup.find("curl/4").deviceClass()).isEqualTo("other");
        assertThat(lookup.find("curl/5")).isEqualTo(Device.UNKNOWN);
        assertThat(lookups("over_budget")).isEqualTo(3);
    }

    @Test
    void savesUpNoMoreThanTheBurst() {
        ParseBudget budget = new ParseBudget(1000, 2, nanos::get);
        nanos.addAndGet(3_600_000_000_000L);

        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isTrue();
        assertThat(budget.tryTake()).isFalse();
    }

    @Test
    void refusesABudgetThatIsNone() {
        assertThatThrownBy(() -> new ParseBudget(0, 1, nanos::get))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ParseBudget(1, 0, nanos::get))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private DeviceLookup lookup(int perSecond, int burst) {
        return new DeviceLookup(100, perSecond, burst, nanos::get, meters);
    }

    private double lookups(String result) {
        return meters.get("sluice.device.lookups").tags("result", result).counter().count();
    }
}
