package dev.sluice.contracts.frame;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.event.SectionedEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The decompressed inside of a frame; see {@link FrameLayout}.
final class EventBlock {

    private static final EventSection[] SECTIONS = EventSection.values();

    private EventBlock() {}

    /// The bytes an event takes in a block.
    static int size(SectionedEvent event) {
        int size = 1;
        for (EventSection section : SECTIONS) {
            Bytes bytes = event.section(section);
            if (bytes != null) {
                size += 1 + varintSize(bytes.length()) + bytes.length();
            }
        }
        return size;
    }

    /// Writes one event and returns the position after it.
    static int write(SectionedEvent event, byte[] block, int at) {
        int countAt = at++;
        int count = 0;
        for (EventSection section : SECTIONS) {
            Bytes bytes = event.section(section);
            if (bytes == null) {
                continue;
            }
            count++;
            block[at++] = (byte) section.id();
            at = writeVarint(bytes.length(), block, at);
            System.arraycopy(bytes.array(), bytes.offset(), block, at, bytes.length());
            at += bytes.length();
        }
        block[countAt] = (byte) count;
        return at;
    }

    /// @throws IllegalArgumentException if the block is not exactly that many events
    static List<SectionedEvent> read(byte[] block, int eventCount) {
        List<SectionedEvent> events = new ArrayList<>(eventCount);
        Reader reader = new Reader(block);
        for (int i = 0; i < eventCount; i++) {
            events.add(reader.event());
        }
        if (reader.at != block.length) {
            throw new IllegalArgumentException(
                    (block.length - reader.at) + " bytes after the last event");
        }
        return events;
    }

    private static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    private static int writeVarint(int value, byte[] block, int at) {
        while ((value & ~0x7F) != 0) {
            block[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        block[at++] = (byte) value;
        return at;
    }

    private static final class Reader {
        private final byte[] block;
        private int at;

        Reader(byte[] block) {
            this.block = block;
        }

        SectionedEvent event() {
            int count = next();
            Map<EventSection, Bytes> sections = new EnumMap<>(EventSection.class);
            for (int i = 0; i < count; i++) {
                EventSection section = EventSection.byId(next());
                int length = varint();
                if (length < 0 || length > block.length - at) {
                    throw new IllegalArgumentException("section " + section + " is cut off");
                }
                sections.put(section, new Bytes(block, at, length));
                at += length;
            }
            return new SectionedEvent(
                    required(sections.get(EventSection.RECEIPT), EventSection.RECEIPT),
                    required(sections.get(EventSection.BODY), EventSection.BODY),
                    sections.get(EventSection.CHECKED),
                    sections.get(EventSection.ENRICHMENT),
                    sections.get(EventSection.ORIGIN));
        }

        private static Bytes required(@Nullable Bytes bytes, EventSection section) {
            if (bytes == null) {
                throw new IllegalArgumentException("an event has no section " + section);
            }
            return bytes;
        }

        private int next() {
            if (at >= block.length) {
                throw new IllegalArgumentException("the block ends inside an event");
            }
            return block[at++] & 0xFF;
        }

        private int varint() {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int part = next();
                value |= (part & 0x7F) << shift;
                if ((part & 0x80) == 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a section length has more than five bytes");
        }
    }
}
