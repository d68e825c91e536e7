package dev.sluice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.HexFormat;

class OriginCodecTest {

    private static final String SHARD = "shardId-000000000003";
    private static final String SEQUENCE =
            "49590338271490256608559692538361571095921575989136588898";

    private final OriginCodec codec = new OriginCodec();

    @ParameterizedTest
    @CsvSource({
        SHARD + "," + SEQUENCE + ",0",
        SHARD + "," + SEQUENCE + ",9999",
        SHARD + "," + SEQUENCE + ",16777215",
        SHARD + ",0,1",
        "a,127,2",
        "a,128,2",
        "a,255,2",
        "a,256,2"
    })
    void readsWhatItWrote(String shard, String sequence, int index) {
        assertThat(new OriginCodec().decode(codec.encode(shard, sequence, index)))
                .isEqualTo(new EventOrigin(shard, new BigInteger(sequence), index));
    }

    @Test
    void readsEventsOfOneRecordAndThenOfAnother() {
        for (String sequence : new String[] {"7", "8", "7"}) {
            for (String shard : new String[] {"a", "b"}) {
                for (int index = 0; index < 3; index++) {
                    assertThat(codec.decode(codec.encode(shard, sequence, index)))
                            .isEqualTo(new EventOrigin(shard, new BigInteger(sequence), index));
                }
            }
        }
    }

    @Test
    void doesNotDependOnTheArrayItReadBefore() {
        byte[] array = codec.encode("a", "7", 1).array();
        codec.decode(Bytes.of(array));
        array[1] = 'b';

        assertThat(codec.decode(Bytes.of(array)).shard()).isEqualTo("b");
    }

    /// Anything else would break whoever still has such bytes on a stream.
    @Test
    void writesTheseBytesForEver() {
        assertThat(HexFormat.of().formatHex(codec.encode("ab", "65535", 258).toArray()))
                .isEqualTo("02616202ffff000102");
    }

    @ParameterizedTest
    @CsvSource({
        "'', origin of 0 bytes",
        "0001, origin of 2 bytes",
        "000102, shard of an origin of 0 bytes",
        "8161016100000000, shard of an origin of 129 bytes",
        "0261000001, the shard of an origin is cut off",
        "0161000001, sequence of an origin of 0 bytes",
        "016102ff000001, the sequence of an origin is cut off",
        "01614101000001, sequence of an origin of 65 bytes",
        "016101ffff000001, bytes after the sequence",
        "01610200ff000001, starts with a zero"
    })
    void saysWhatIsWrongWithBytesThatAreNone(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        assertThatThrownBy(() -> codec.decode(Bytes.of(bytes)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1 << 24})
    void refusesAnIndexThatDoesNotFit(int index) {
        assertThatThrownBy(() -> codec.encode("a", "7", index))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("index " + index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", ""})
    void refusesWhatIsNoSequenceNumber(String sequence) {
        assertThatThrownBy(() -> codec.encode("a", sequence, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
