package dev.sluice.collector.process.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;

class Utf8Test {

    @Test
    void agreesWithThePlatformOnEverySequenceOfTwoBytes() {
        byte[] bytes = new byte[3];
        for (int value = 0; value < 1 << 16; value++) {
            bytes[0] = (byte) (value >> 8);
            bytes[1] = (byte) value;
            bytes[2] = 'x';
            assertAgrees(bytes);
        }
    }

    @Test
    void agreesWithThePlatformOnRandomBytes() {
        RandomGenerator random = new Random(7);
        int[] leads = {
            0x41, 0x80, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xA0, 0x90
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(20)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) (leads[random.nextInt(leads.length)] + random.nextInt(2));
            }
            assertAgrees(bytes);
        }
    }

    @Test
    void countsTheBytesOfAText() {
        for (String text : new String[] {"", "a", "é", "語", "😀", "a😀é"}) {
            assertThat(Utf8.encodedLength(text))
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void findsHalfASurrogatePair() {
        assertThat(Utf8.encodedLength("\ud83d")).isEqualTo(-1);
        assertThat(Utf8.encodedLength("a\ude00b")).isEqualTo(-1);
        assertThat(Utf8.encodedLength("\ude00\ud83d")).isEqualTo(-1);
    }

    private static void assertAgrees(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(in, java.nio.CharBuffer.allocate(bytes.length), true);
        assertThat(Utf8.firstIllFormed(bytes, 0, bytes.length))
                .isEqualTo(result.isError() ? in.position() : -1);
    }
}
