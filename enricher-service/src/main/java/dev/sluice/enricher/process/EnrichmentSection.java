package dev.sluice.enricher.process;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Timestamps;

import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.List;

/// Writes the enrichment section: one JSON object, fields in the table's order, absent ones left
/// out. By hand: a generator took a tenth of the enricher's time. Texts with anything but plain
/// ASCII are left to Jackson.
final class EnrichmentSection {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FIRST_SIZE = 1024;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    private EnrichmentSection() {}

    static Bytes encode(EnrichmentFields fields) {
        EnrichmentSection section = new EnrichmentSection();
        section.write(fields);
        return new Bytes(section.bytes, 0, section.size);
    }

    private void write(EnrichmentFields fields) {
        List<EnrichmentLayout.Place> places = fields.layout().places();
        String open = "";
        add('{');
        for (int i = 0; i < places.size(); i++) {
            FieldValue value = fields.value(i);
            if (value == null) {
                continue;
            }
            EnrichmentLayout.Place place = places.get(i);
            if (!place.group().equals(open)) {
                enter(open, place);
                open = place.group();
            }
            comma();
            add(place.nameBytes());
            write(value);
        }
        if (!open.isEmpty()) {
            add('}');
        }
        add('}');
    }

    /// Leaves the open object of the section, if there is one, and opens the next, if there is one.
    private void enter(String open, EnrichmentLayout.Place next) {
        if (!open.isEmpty()) {
            add('}');
        }
        if (!next.group().isEmpty()) {
            comma();
            add(next.groupBytes());
            add('{');
        }
    }

    private void comma() {
        if (bytes[size - 1] != '{') {
            add(',');
        }
    }

    private void write(FieldValue value) {
        switch (value) {
            case FieldValue.Text(String text) -> text(text);
            case FieldValue.Int(long number) -> plain(Long.toString(number));
            case FieldValue.Decimal(double number) -> plain(Double.toString(number));
            case FieldValue.Flag(boolean flag) -> plain(flag ? "true" : "false");
            case FieldValue.Time(var time) -> text(Timestamps.format(time));
        }
    }

    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
                add(JSON.writeValueAsBytes(text));
                return;
            }
        }
        add('"');
        plain(text);
        add('"');
    }

    @SuppressWarnings("deprecation") // All of it is ASCII.
    private void plain(String ascii) {
        require(ascii.length());
        ascii.getBytes(0, ascii.length(), bytes, size);
        size += ascii.length();
    }

    private void add(byte[] more) {
        require(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void add(char unit) {
        require(1);
        bytes[size++] = (byte) unit;
    }

    private void require(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
