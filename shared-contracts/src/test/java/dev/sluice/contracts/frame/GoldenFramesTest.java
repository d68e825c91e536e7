package dev.sluice.contracts.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.Fixtures;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.SectionedEvent;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/// A frame of every version there ever was still reads as it did when it was written.
class GoldenFramesTest {

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

    private static Frame.Readable read(String name) throws IOException {
        try (InputStream sample =
                Objects.requireNonNull(
                        GoldenFramesTest.class.getResourceAsStream("/golden/" + name))) {
            return (Frame.Readable)
                    new FrameDecoder(FrameLimits.DEFAULT).decode(sample.readAllBytes());
        }
    }
}
