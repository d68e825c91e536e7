package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/// A state in bytes: the position in decimal, empty if there is none; the number of parts; each
/// part's name and its content in blocks, so that a large part is never held in memory as a whole
/// to learn its length.
final class StateCodec {

    @FunctionalInterface
    interface Writing {
        void write(StatePart part, DataOutput out) throws IOException;
    }

    @FunctionalInterface
    interface Reading {
        void read(StatePart part, DataInput in) throws IOException;
    }

    private StateCodec() {}

    static void write(
            DataOutputStream out,
            @Nullable SequenceNumber position,
            Map<String, StatePart> parts,
            Writing writing)
            throws IOException {
        out.writeUTF(position == null ? "" : position.toString());
        out.writeInt(parts.size());
        for (Map.Entry<String, StatePart> part : parts.entrySet()) {
            out.writeUTF(part.getKey());
            try (DataOutputStream content = new DataOutputStream(new BlockOutput(out))) {
                writing.write(part.getValue(), content);
            }
        }
    }

    /// @return the position
    static @Nullable SequenceNumber read(
            DataInputStream in, Map<String, StatePart> parts, Reading reading) throws IOException {
        String position = in.readUTF();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            StatePart part = parts.get(in.readUTF());
            try (DataInputStream content = new DataInputStream(new BlockInput(in))) {
                if (part != null) {
                    reading.read(part, content);
                }
            }
        }
        return position.isEmpty() ? null : SequenceNumber.of(position);
    }
}
