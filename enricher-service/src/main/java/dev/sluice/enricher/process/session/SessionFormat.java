package dev.sluice.enricher.process.session;

import org.jspecify.annotations.Nullable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sessions in a snapshot. Texts that many sessions share are one object again when they are read.
final class SessionFormat {

    private final Map<String, String> shared = new HashMap<>();

    void write(DeviceSessions device, DataOutput out) throws IOException {
        out.writeInt(device.count());
        out.writeLong(device.seenAt());
        out.writeByte(device.sessions().size());
        for (Session session : device.sessions()) {
            write(session, out);
        }
    }

    DeviceSessions read(DataInput in) throws IOException {
        int count = in.readInt();
        long seenAt = in.readLong();
        int size = in.readUnsignedByte();
        List<Session> sessions = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sessions.add(readSession(in));
        }
        return count == 0 && size == 0
                ? DeviceSessions.NONE
                : new DeviceSessions(count, seenAt, sessions);
    }

    private static void write(Session session, DataOutput out) throws IOException {
        out.writeUTF(session.id());
        Session.Start start = session.start();
        out.writeUTF(start.tenantId());
        writeText(start.anonymousId(), out);
        writeText(start.clientSessionId(), out);
        writeText(start.traffic().channel(), out);
        writeText(start.traffic().source(), out);
        writeText(start.traffic().medium(), out);
        writeText(start.traffic().campaign(), out);
        writeText(start.deviceClass(), out);
        writeText(start.country(), out);
        out.writeBoolean(start.bot());
        out.writeInt(session.index());
        out.writeLong(session.startedAt());
        out.writeLong(session.lastAt());
        out.writeLong(session.touchedAt());
        out.writeInt(session.events());
        out.writeInt(session.pages());
        out.writeInt(session.conversions());
        writePage(session.entry(), out);
        writePage(session.exit(), out);
        writeText(session.userId(), out);
        writeText(session.personId(), out);
        out.writeBoolean(session.closed());
        out.writeBoolean(session.changed());
    }

    private Session readSession(DataInput in) throws IOException {
        String id = in.readUTF();
        String tenant = share(in.readUTF());
        Session.Start start =
                new Session.Start(
                        tenant,
                        readText(in),
                        readText(in),
                        new Visit.Traffic(
                                readShared(in), readShared(in), readShared(in), readShared(in)),
                        readShared(in),
                        readShared(in),
                        in.readBoolean());
        return new Session(
                id,
                start,
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                readPage(in),
                readPage(in),
                readText(in),
                readText(in),
                in.readBoolean(),
                in.readBoolean());
    }

    private static void writePage(Session.@Nullable Page page, DataOutput out) throws IOException {
        out.writeBoolean(page != null);
        if (page != null) {
            out.writeLong(page.at());
            writeText(page.address(), out);
            writeText(page.referrer(), out);
        }
    }

    private Session.@Nullable Page readPage(DataInput in) throws IOException {
        return in.readBoolean()
                ? new Session.Page(in.readLong(), readText(in), readText(in))
                : null;
    }

    private static void writeText(@Nullable String text, DataOutput out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private @Nullable String readShared(DataInput in) throws IOException {
        String text = readText(in);
        return text == null ? null : share(text);
    }

    private String share(String text) {
        String first = shared.putIfAbsent(text, text);
        return first == null ? text : first;
    }
}
