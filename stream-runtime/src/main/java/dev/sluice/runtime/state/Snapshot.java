package dev.sluice.runtime.state;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/// One snapshot as it lies in the store: magic and version; the earlier snapshots whose changes it
/// continues, each with its checksum, the base first; a state; the CRC-32C of all before it.
///
/// @param chain what is to be read before it; empty for a base
/// @param state what comes after the header
/// @param checksum of all
record Snapshot(List<Link> chain, ByteBuffer state, int checksum) {

    /// An earlier snapshot.
    record Link(SnapshotName name, int checksum) {}

    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static final int MAGIC = 0x534c5354;
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    /// @return the checksum
    static int write(List<Link> chain, Content state, OutputStream to) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(chain.size());
        for (Link link : chain) {
            out.writeUTF(link.name().toString());
            out.writeInt(link.checksum());
        }
        state.writeTo(out);
        out.flush();
        int checksum = (int) checked.getChecksum().getValue();
        out.writeInt(checksum);
        out.flush();
        return checksum;
    }

    /// @throws IOException if it is not a whole snapshot of a version that is known
    static Snapshot read(byte[] object) throws IOException {
        if (object.length < CHECKSUM_BYTES) {
            throw new IOException("cut off");
        }
        int end = object.length - CHECKSUM_BYTES;
        CRC32C computed = new CRC32C();
        computed.update(object, 0, end);
        int checksum = ByteBuffer.wrap(object).getInt(end);
        if (checksum != (int) computed.getValue()) {
            throw new IOException("its checksum does not fit its content");
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(object, 0, end);
        DataInputStream in = new DataInputStream(bytes);
        if (in.readInt() != MAGIC) {
            throw new IOException("not a snapshot");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("version " + version + " is unknown");
        }
        int links = in.readInt();
        List<Link> chain = new ArrayList<>();
        for (int i = 0; i < links; i++) {
            chain.add(new Link(name(in.readUTF()), in.readInt()));
        }
        int start = end - bytes.available();
        return new Snapshot(
                List.copyOf(chain), ByteBuffer.wrap(object, start, end - start), checksum);
    }

    private static SnapshotName name(String text) throws IOException {
        SnapshotName name = SnapshotName.parse(text);
        if (name == null) {
            throw new IOException("continues what is no snapshot");
        }
        return name;
    }

    DataInputStream content() {
        return new DataInputStream(
                new ByteArrayInputStream(
                        state.array(), state.arrayOffset() + state.position(), state.remaining()));
    }
}
