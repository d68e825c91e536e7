package dev.sluice.collector.producers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.producers.Signatures.Presented;
import dev.sluice.collector.producers.Signatures.Verdict;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class SignaturesTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final SigningSecret SECRET = new SigningSecret("0123456789abcdef");
    private static final byte[] BODY =
            "{\"event_type\":\"page_view\"}".getBytes(StandardCharsets.UTF_8);

    /// `printf '1795687200.n-1.{"event_type":"page_view"}' | openssl dgst -sha256 -hmac
    /// 0123456789abcdef`
    private static final String SIGNATURE =
            "v1=1ae2eabd61209c7315e13b74ab02e72a92d79fc2ba9c1c344d3f6eebc114b570";

    private static final Presented SIGNED = new Presented("1795687200", "n-1", SIGNATURE);

    private Instant now = Instant.ofEpochSecond(1795687200);
    private final Signatures signatures = new Signatures(3, () -> now);

    @Test
    void passesWhatIsSigned() {
        assertThat(check(SIGNED)).isEqualTo(Verdict.GOOD);
    }

    @Test
    void refusesACopy() {
        check(SIGNED);
        assertThat(check(SIGNED)).isEqualTo(Verdict.REPLAYED);
        assertThat(signatures.check(new TenantId("other"), SECRET, SIGNED, BODY, BODY.length))
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void passesAgainWhatWasNotStored() {
        check(SIGNED);
        signatures.release(SHOP, "n-1");
        assertThat(check(SIGNED)).isEqualTo(Verdict.GOOD);
    }

    @ParameterizedTest
    @CsvSource({"-301, EXPIRED", "-300, GOOD", "300, GOOD", "301, EXPIRED"})
    void believesClocksThatAreFiveMinutesOff(long seconds, Verdict verdict) {
        now = now.plusSeconds(seconds);
        assertThat(check(SIGNED)).isEqualTo(verdict);
    }

    @Test
    void refusesAnythingThatIsNotAsItWasSigned() {
        assertThat(check(new Presented("1795687201", "n-1", SIGNATURE))).isEqualTo(Verdict.WRONG);
        assertThat(check(new Presented("1795687200", "n-2", SIGNATURE))).isEqualTo(Verdict.WRONG);
        assertThat(check(new Presented("1795687200", "n-1", SIGNATURE.substring(3))))
                .isEqualTo(Verdict.WRONG);
        assertThat(check(new Presented("1795687200", "n-1", "v1=zz"))).isEqualTo(Verdict.WRONG);
        assertThat(signatures.check(SHOP, SECRET, SIGNED, BODY, BODY.length - 1))
                .isEqualTo(Verdict.WRONG);
        assertThat(check(new Presented("soon", "n-1", SIGNATURE))).isEqualTo(Verdict.EXPIRED);
        assertThat(check(new Presented(Long.MAX_VALUE + "", "n-1", SIGNATURE)))
                .isEqualTo(Verdict.EXPIRED);
        assertThat(check(new Presented(null, null, null))).isEqualTo(Verdict.MISSING);
    }

    @Test
    void letsNothingPassThatItCouldNotRemember() {
        for (int i = 0; i < 3; i++) {
            assertThat(check(signed("m-" + i))).isEqualTo(Verdict.GOOD);
        }
        assertThat(check(signed("m-3"))).isEqualTo(Verdict.BUSY);
        now = now.plus(Signatures.WINDOW).plus(Signatures.WINDOW).plusSeconds(1);
        assertThat(check(signed("m-4"))).isEqualTo(Verdict.GOOD);
    }

    @Test
    void neverPrintsTheSecret() {
        assertThat(SECRET).hasToString("[REDACTED]");
    }

    private Presented signed(String nonce) {
        String timestamp = Long.toString(now.getEpochSecond());
        return new Presented(
                timestamp, nonce, Signatures.sign(SECRET, timestamp, nonce, BODY, BODY.length));
    }

    private Verdict check(Presented presented) {
        return signatures.check(SHOP, SECRET, presented, BODY, BODY.length);
    }
}
