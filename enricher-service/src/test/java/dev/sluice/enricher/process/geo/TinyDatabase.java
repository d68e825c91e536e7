package dev.sluice.enricher.process.geo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a database of a few IPv4 networks in the format of MaxMind DB 2.0, to have layouts and
/// values that no published test file has.
public final class TinyDatabase {

    private static final byte[] METADATA_MARK = {
        (byte) 0xAB, (byte) 0xCD, (byte) 0xEF, 'M', 'a', 'x', 'M', 'i', 'n', 'd', '.', 'c', 'o', 'm'
    };
    private static final int EMPTY = -1;

    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    private final List<byte[]> records = new ArrayList<>();
    private final String type;

    public TinyDatabase(String type) {
        this.type = type;
    }

    /// @param octet every address that begins with it
    public TinyDatabase with(int octet, Map<String, Object> record) {
        records.add(encoded(record));
        int node = 0;
        for (int bit = 7; bit > 0; bit--) {
            int side = octet >> bit & 1;
            if (nodes.get(node)[side] == EMPTY) {
                nodes.get(node)[side] = nodes.size();
                nodes.add(new int[] {EMPTY, EMPTY});
            }
            node = nodes.get(node)[side];
        }
        // Below -1: the place of a record.
        nodes.get(node)[octet & 1] = -1 - records.size();
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int[] node : nodes) {
            for (int side : node) {
                int value = side < EMPTY ? pointer(-2 - side) : side == EMPTY ? nodes.size() : side;
                out.write(value >> 16);
                out.write(value >> 8);
                out.write(value);
            }
        }
        out.writeBytes(new byte[16]);
        records.forEach(out::writeBytes);
        out.writeBytes(METADATA_MARK);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1_780_666_922L);
        metadata.put("database_type", type);
        metadata.put("description", Map.of());
        metadata.put("ip_version", 4);
        metadata.put("languages", List.of());
        metadata.put("node_count", (long) nodes.size());
        metadata.put("record_size", 24);
        out.writeBytes(encoded(metadata));
        return out.toByteArray();
    }

    private int pointer(int record) {
        int offset = records.subList(0, record).stream().mapToInt(each -> each.length).sum();
        return nodes.size() + 16 + offset;
    }

    private static byte[] encoded(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (value) {
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                control(out, 2, utf8.length);
                out.writeBytes(utf8);
            }
            case Double number -> {
                control(out, 3, 8);
                out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
            }
            case Float number -> {
                control(out, 15, 4);
                out.writeBytes(ByteBuffer.allocate(4).putFloat(number).array());
            }
            case Integer number -> {
                control(out, 5, 2);
                out.writeBytes(ByteBuffer.allocate(2).putShort(number.shortValue()).array());
            }
            case Long number -> {
                control(out, 6, 4);
                out.writeBytes(ByteBuffer.allocate(4).putInt(number.intValue()).array());
            }
            case Map<?, ?> map -> {
                control(out, 7, map.size());
                map.forEach(
                        (name, inner) -> {
                            out.writeBytes(encoded(name));
                            out.writeBytes(encoded(inner));
                        });
            }
            case List<?> list -> {
                control(out, 11, list.size());
                list.forEach(inner -> out.writeBytes(encoded(inner)));
            }
            default -> throw new IllegalArgumentException("not written: " + value.getClass());
        }
        return out.toByteArray();
    }

    /// Types past 7 stand in a byte of their own; sizes past 28 in one or two.
    private static void control(ByteArrayOutputStream out, int type, int size) {
        int told = size < 29 ? size : size < 285 ? 29 : 30;
        out.write((type > 7 ? 0 : type << 5) | told);
        if (type > 7) {
            out.write(type - 7);
        }
        if (told == 29) {
            out.write(size - 29);
        } else if (told == 30) {
            out.write((size - 285) >> 8);
            out.write(size - 285);
        }
    }
}
