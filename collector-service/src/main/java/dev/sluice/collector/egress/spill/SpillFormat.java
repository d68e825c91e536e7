package dev.sluice.collector.egress.spill;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameEncoder;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The content of a spilled object: frames, each after its length as four bytes, big end first. A
/// frame has a checksum of its own.
final class SpillFormat {

    private final FrameEncoder encoder;
    private final FrameDecoder decoder;

    SpillFormat(FrameEncoder encoder, FrameDecoder decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    void write(List<SectionedEvent> events, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        for (byte[] frame : encoder.encode(events)) {
            out.writeInt(frame.length);
            out.write(frame);
        }
        out.flush();
    }

    /// The events in their order; empty if the object is damaged.
    Optional<List<SectionedEvent>> read(byte[] content) {
        List<SectionedEvent> events = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
        try {
            while (in.available() > 0) {
                int length = in.readInt();
                if (length < 0 || length > in.available()) {
                    return Optional.empty();
                }
                if (!(decoder.decode(in.readNBytes(length)) instanceof Frame.Readable frame)) {
                    return Optional.empty();
                }
                events.addAll(frame.events());
            }
        } catch (IOException cutOff) {
            return Optional.empty();
        }
        return Optional.of(events);
    }
}
