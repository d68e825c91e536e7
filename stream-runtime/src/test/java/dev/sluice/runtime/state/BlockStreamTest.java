package dev.sluice.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;

/// Content of unknown length in the middle of a stream.
class BlockStreamTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000})
    void givesBackWhatWasWrittenAndLeavesWhatFollows(int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);

        try (DataInputStream in = written(content, "next")) {
            try (BlockInput blocks = new BlockInput(in)) {
                assertThat(blocks.readAllBytes()).isEqualTo(content);
                assertThat(blocks.read()).isEqualTo(-1);
            }
            assertThat(in.readUTF()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000})
    void passesOverWhatNobodyReads(int read) throws IOException {
        try (DataInputStream in = written(new byte[140_000], "next")) {
            try (BlockInput blocks = new BlockInput(in)) {
                assertThat(blocks.readNBytes(read)).hasSize(read);
            }
            assertThat(in.readUTF()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 103})
    void saysThatItIsCutOff(int left) throws IOException {
        byte[] whole = bytes(new byte[100], "");
        DataInputStream cut = new DataInputStream(new ByteArrayInputStream(whole, 0, left));
        try (cut) {
            assertThatThrownBy(new BlockInput(cut)::readAllBytes).isInstanceOf(EOFException.class);
        }
    }

    private static DataInputStream written(byte[] content, String next) throws IOException {
        return new DataInputStream(new ByteArrayInputStream(bytes(content, next)));
    }

    private static byte[] bytes(byte[] content, String next) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            try (BlockOutput blocks = new BlockOutput(out)) {
                for (int at = 0; at < content.length; at += 1000) {
                    blocks.write(content, at, Math.min(1000, content.length - at));
                }
            }
            out.writeUTF(next);
        }
        return bytes.toByteArray();
    }
}
