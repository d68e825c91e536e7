package dev.sluice.local.redshift.copy;

import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/// A growing buffer of rows in PostgreSQL's COPY text format: tabs between columns, `\N` for null,
/// backslash escapes.
///
/// Source: PostgreSQL documentation, "COPY", section "Text Format".
final class CopyText {

    private static final int CHUNK = 60_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private byte[] bytes = new byte[1 << 17];
    private int size;

    /// Gives the buffer to the sink when a chunk's worth has gathered.
    void drain(CopySink sink) throws IOException {
        if (size >= CHUNK) {
            flush(sink);
        }
    }

    void flush(CopySink sink) throws IOException {
        if (size > 0) {
            sink.write(bytes, 0, size);
            size = 0;
        }
    }

    void tab() {
        ensure(1);
        bytes[size++] = '\t';
    }

    void endRow() {
        ensure(1);
        bytes[size++] = '\n';
    }

    void nullValue() {
        ensure(2);
        bytes[size++] = '\\';
        bytes[size++] = 'N';
    }

    void bool(boolean value) {
        ensure(1);
        bytes[size++] = (byte) (value ? 't' : 'f');
    }

    /// Text that holds neither backslashes nor control characters.
    void ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void number(long value) {
        ascii(Long.toString(value));
    }

    /// UTF-8 text, escaped.
    void text(byte[] utf8) {
        text(utf8, 0, utf8.length);
    }

    void text(byte[] utf8, int offset, int length) {
        ensure(2 * length);
        byte[] target = bytes;
        int to = size;
        for (int i = offset; i < offset + length; i++) {
            byte b = utf8[i];
            if (b > '\\' || b < 0 || (b >= ' ' && b != '\\')) {
                target[to++] = b;
            } else {
                target[to++] = '\\';
                target[to++] =
                        switch (b) {
                            case '\n' -> 'n';
                            case '\r' -> 'r';
                            case '\t' -> 't';
                            default -> b;
                        };
            }
        }
        size = to;
    }

    void date(int epochDay) {
        LocalDate date = LocalDate.ofEpochDay(epochDay);
        ensure(16);
        date(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    /// A UTC timestamp in microseconds since 1970.
    void timestamp(long micros) {
        ensure(40);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
        date(time.getYear(), time.getMonthValue(), time.getDayOfMonth());
        bytes[size++] = ' ';
        twoDigits(time.getHour());
        bytes[size++] = ':';
        twoDigits(time.getMinute());
        bytes[size++] = ':';
        twoDigits(time.getSecond());
        int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
        if (fraction != 0) {
            bytes[size++] = '.';
            twoDigits(fraction / 10_000);
            twoDigits(fraction / 100 % 100);
            twoDigits(fraction % 100);
        }
    }

    private void date(int year, int month, int day) {
        if (year >= 1 && year <= 9999) {
            twoDigits(year / 100);
            twoDigits(year % 100);
        } else {
            ascii(Integer.toString(Math.max(year, 0)));
        }
        bytes[size++] = '-';
        twoDigits(month);
        bytes[size++] = '-';
        twoDigits(day);
    }

    private void twoDigits(int value) {
        bytes[size++] = (byte) ('0' + value / 10);
        bytes[size++] = (byte) ('0' + value % 10);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
