package dev.sluice.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.Fixtures;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.EventOrigin;
import dev.sluice.contracts.event.OriginCodec;
import dev.sluice.contracts.event.SectionedEvent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// A frame of every version there ever was still reads as it did when it was written.
class GoldenFramesTest {

    private static final String SHARD = "shardId-000000000003";
    private static final String SEQUENCE =
            "49590338271490256608559692538361571095921575989136588898";

    @Test
    void versionOneReads() throws IOException {
        Frame.Readable frame = read("frame-v1.bin");

        assertThat(frame.header().producerId())
                .isEqualTo(UUID.fromString("00000000-0000-0007-0000-00000000000b"));
        assertThat(frame.events())
                .isEqualTo(
                        List.of(
                                Fixtures.received(1),
                                Fixtures.received(2)
                                        .withChecked(Fixtures.facts().encode())
                                        .withEnrichment(
                                                Bytes.utf8("{\"device_class\":\"phone\"}"))));
        SectionedEvent whole = frame.events().getLast();
        assertThat(EventEnvelope.of(whole))
                .isEqualTo(new EventEnvelope(Fixtures.receipt(2), Fixtures.facts()));
    }

    @Test
    void versionOneWithOriginsReads() throws IOException {
        Frame.Readable frame = read("frame-v1-origins.bin");

        OriginCodec origins = new OriginCodec();
        assertThat(frame.events())
                .isEqualTo(
                        List.of(
                                Fixtures.received(1)
                                        .withChecked(Fixtures.facts().encode())
                                        .withOrigin(origins.encode(SHARD, SEQUENCE, 0)),
                                Fixtures.received(2)
                                        .withChecked(Fixtures.facts().encode())
                                        .withEnrichment(Bytes.utf8("{\"device_class\":\"phone\"}"))
                                        .withOrigin(origins.encode(SHARD, SEQUENCE, 300))));
        assertThat(origins.decode(Objects.requireNonNull(frame.events().getLast().origin())))
                .isEqualTo(new EventOrigin(SHARD, new BigInteger(SEQUENCE), 300));
    }

    private static Frame.Readable read(String name) throws IOException {
        try (InputStream sample =
                Objects.requireNonNull(
                        GoldenFramesTest.class.getResourceAsStream("/golden/" + name))) {
            return (Frame.Readable)
                    new FrameDecoder(FrameLimits.DEFAULT).decode(sample.readAllBytes());
        }
    }
}
