package dev.sluice.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;

import dev.sluice.contracts.Fixtures;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.SectionedEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;

class FrameCodecTest {

    private static final UUID PRODUCER = new UUID(7, 11);
    private static final InstantSource CLOCK = InstantSource.fixed(Fixtures.RECEIVED);

    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);

    private static FrameEncoder encoder(int targetBytes) {
        return new FrameEncoder(FrameLimits.DEFAULT, targetBytes, PRODUCER, CLOCK);
    }

    @Test
    void keepsEveryByteOfEverySection() {
        SectionedEvent whole =
                Fixtures.received(1)
                        .withChecked(Fixtures.facts().encode())
                        .withEnrichment(Bytes.utf8("{\"device_class\":\"phone\"}"))
                        .withOrigin(new OriginCodec().encode("shardId-000000000000", "77", 3));
        List<SectionedEvent> events = List.of(whole, Fixtures.received(2));

        byte[] frame = encoder(50_000).encode(events).getFirst();

        Frame.Readable read = (Frame.Readable) decoder.decode(frame);
        assertThat(read.events()).isEqualTo(events);
        assertThat(read.header().eventCount()).isEqualTo(2);
        assertThat(read.header().createdAt()).isEqualTo(Fixtures.RECEIVED);
        assertThat(read.header().producerId()).isEqualTo(PRODUCER);
        assertThat(read.header().trace()).isEqualTo(TraceContext.NONE);
    }

    @Test
    void cutsManyEventsIntoFramesNearTheTargetInOrder() {
        List<SectionedEvent> events = noisy(2_000, 600);
        FrameEncoder encoder = encoder(50_000);

        List<byte[]> frames = encoder.encode(events);

        List<SectionedEvent> read = new ArrayList<>();
        for (byte[] frame : frames) {
            read.addAll(((Frame.Readable) decoder.decode(frame)).events());
        }
        assertThat(read).isEqualTo(events);
        assertThat(frames.subList(5, frames.size() - 1))
                .as("once the encoder has learned how well these events compress")
                .allSatisfy(frame -> assertThat(frame.length).isBetween(30_000, 70_000));
    }

    @Test
    void halvesAFrameThatCompressesWorseThanExpected() {
        FrameLimits small = new FrameLimits(20_000, 1 << 20, 1_000);
        FrameEncoder encoder = new FrameEncoder(small, 20_000, PRODUCER, CLOCK);

        List<byte[]> frames = encoder.encode(noisy(60, 900));

        assertThat(frames)
                .allSatisfy(frame -> assertThat(frame.length).isLessThanOrEqualTo(20_000));
    }

    @Test
    void refusesAnEventThatFitsNoFrame() {
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        SectionedEvent event =
                SectionedEvent.received(Fixtures.receipt(1).encode(), Bytes.of(noise));

        assertThatThrownBy(() -> encoder(50_000).encode(List.of(event)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit is 1048576");
    }

    @Test
    void anyFlippedBitIsNoticed() {
        byte[] frame = encoder(50_000).encode(Fixtures.received(0, 3)).getFirst();
        for (int bit = 0; bit < frame.length * 8; bit++) {
            byte[] damaged = frame.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(decoder.decode(damaged))
                    .as("bit %d", bit)
                    .isInstanceOf(Frame.Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 75, 79, 80, 200})
    void aFrameCutOffIsNoticed(int length) {
        byte[] frame = encoder(50_000).encode(Fixtures.received(0, 3)).getFirst();

        Frame read = decoder.decode(java.util.Arrays.copyOf(frame, length));

        assertThat(read).isInstanceOf(Frame.Unreadable.class);
    }

    @Test
    void aBombIsRefusedByItsHeader() {
        byte[] bomb = frameOf(Zstd.compress(new byte[1 << 28]), 1 << 28, 1, 1);

        assertThat(why(bomb)).contains("block size 268435456 is outside 1 to 16777216");
    }

    @Test
    void aBombThatLiesAboutItsSizeIsStoppedAtThatSize() {
        byte[] bomb = frameOf(Zstd.compress(new byte[1 << 28]), 1_000, 1, 1);

        assertThat(decoder.decode(bomb)).isInstanceOf(Frame.Unreadable.class);
    }

    @Test
    void anUnknownVersionSaysWhichOne() {
        assertThat(why(frameOf(Zstd.compress(new byte[10]), 10, 1, 9)))
                .contains("unknown frame version 9");
    }

    @Test
    void aBlockOfFewerEventsThanPromisedIsRefused() {
        byte[] block = {0};
        assertThat(why(frameOf(Zstd.compress(block), 1, 3, 1))).contains("no section RECEIPT");
    }

    @Test
    void aSectionNobodyKnowsYetIsRefusedAndNotSkipped() {
        byte[] block = {3, 1, 1, '{', 2, 1, '{', 6, 1, 'x'};
        assertThat(why(frameOf(Zstd.compress(block), block.length, 1, 1)))
                .contains("unknown event section 6");
    }

    @Test
    void neverThrowsWhateverTheBytes() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] block = new byte[1 + random.nextInt(60)];
            random.nextBytes(block);
            block[0] = (byte) random.nextInt(6);
            Frame frame =
                    decoder.decode(
                            frameOf(Zstd.compress(block), block.length, 1 + random.nextInt(3), 1));
            assertThat(frame).isInstanceOf(Frame.Unreadable.class);
        }
    }

    private String why(byte[] frame) {
        return ((Frame.Unreadable) decoder.decode(frame)).why().message();
    }

    private static List<SectionedEvent> noisy(int count, int bytesEach) {
        Random random = new Random(5);
        List<SectionedEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] noise = new byte[bytesEach];
            random.nextBytes(noise);
            events.add(SectionedEvent.received(Fixtures.receipt(i).encode(), Bytes.of(noise)));
        }
        return events;
    }

    /// A frame built by hand, with a checksum that is right, to say what an encoder never would.
    private static byte[] frameOf(byte[] stored, int blockBytes, int events, int version) {
        ByteBuffer frame = ByteBuffer.allocate(76 + stored.length + 4);
        frame.putInt(0x534C5543).put((byte) version).put((byte) 1).putShort((short) 0);
        frame.putInt(0).putInt(events).putInt(blockBytes);
        frame.putInt(72, stored.length).position(76).put(stored);
        CRC32C checksum = new CRC32C();
        checksum.update(frame.array(), 0, frame.position());
        return frame.putInt((int) checksum.getValue()).array();
    }
}
