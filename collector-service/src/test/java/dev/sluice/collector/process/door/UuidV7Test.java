package dev.sluice.collector.process.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

class UuidV7Test {

    /// The time of the example in RFC 9562, appendix A.6.
    private static final Instant TIME = Instant.parse("2022-02-22T19:22:22Z");

    private final UuidV7 ids = new UuidV7(() -> TIME, new Random(1));

    @Test
    void beginsWithTheTimeAndNamesItsVersion() {
        UUID id = ids.next();

        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void isAnotherOneEachTime() {
        Set<UUID> drawn = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            drawn.add(ids.next());
        }

        assertThat(drawn).hasSize(10_000);
    }

    @Test
    void fillsEveryRandomBit() {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 1000; i++) {
            UUID id = ids.next();
            high |= id.getMostSignificantBits();
            low |= id.getLeastSignificantBits();
        }

        assertThat(high & 0xFFF).isEqualTo(0xFFF);
        assertThat(low & 0x3FFF_FFFF_FFFF_FFFFL).isEqualTo(0x3FFF_FFFF_FFFF_FFFFL);
    }
}
