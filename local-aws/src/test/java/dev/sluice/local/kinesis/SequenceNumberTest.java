package dev.sluice.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.List;

final class SequenceNumberTest {

    private static final List<SequenceNumber> ASCENDING =
            List.of(
                    new SequenceNumber(0, 0, 0),
                    new SequenceNumber(1_700_000_000_000L, 0, 3),
                    new SequenceNumber(1_700_000_000_000L, 1, 3),
                    new SequenceNumber(1_700_000_000_000L, Long.MAX_VALUE, 3),
                    new SequenceNumber(1_700_000_000_001L, 0, 0),
                    new SequenceNumber(1_700_000_000_001L, 0, Integer.MAX_VALUE));

    @Test
    void hasTheServicesLengthAndComesBack() {
        for (SequenceNumber number : ASCENDING) {
            assertThat(number.toString()).matches("[1-9]\\d{55}");
            assertThat(SequenceNumber.parse(number.toString())).contains(number);
        }
    }

    @Test
    void ordersAsItsDigitsDo() {
        for (int i = 1; i < ASCENDING.size(); i++) {
            assertThat(ASCENDING.get(i)).isGreaterThan(ASCENDING.get(i - 1));
            assertThat(new BigInteger(ASCENDING.get(i).toString()))
                    .isGreaterThan(new BigInteger(ASCENDING.get(i - 1).toString()));
        }
    }

    @Test
    void refusesWhatItDidNotWrite() {
        String good = ASCENDING.get(1).toString();
        assertThat(SequenceNumber.parse("17")).isEmpty();
        assertThat(SequenceNumber.parse("LATEST")).isEmpty();
        assertThat(SequenceNumber.parse("5" + good.substring(1))).isEmpty();
        assertThat(SequenceNumber.parse(good.substring(0, 55) + "9")).isEmpty();
        assertThat(SequenceNumber.parse(good.replace("17", "1x"))).isEmpty();
        assertThat(SequenceNumber.parse("49" + "9".repeat(44) + "0000000002")).isEmpty();
    }
}
