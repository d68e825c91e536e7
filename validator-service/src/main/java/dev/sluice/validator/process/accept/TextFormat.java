package dev.sluice.validator.process.accept;

import dev.sluice.contracts.json.JsonCursor;

import java.util.Optional;

/// Formats of JSON Schema, each in its most common form alone: the form that every reading of its
/// specification agrees on.
enum TextFormat {
    /// RFC 3339 with `T` and `Z` in upper case and seconds from 0 to 59.
    DATE_TIME("date-time") {
        @Override
        boolean accepts(JsonCursor text, int length) {
            return length >= 20
                    && isDate(text, 0)
                    && text.unit(10) == 'T'
                    && isTime(text, 11)
                    && isZone(text, afterFraction(text, 19, length), length);
        }
    },
    /// RFC 3339, `full-date`.
    DATE("date") {
        @Override
        boolean accepts(JsonCursor text, int length) {
            return length == 10 && isDate(text, 0);
        }
    },
    /// RFC 4122, in either case.
    UUID("uuid") {
        @Override
        boolean accepts(JsonCursor text, int length) {
            if (length != 36) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                byte unit = text.unit(i);
                if (dash ? unit != '-' : Character.digit(unit, 16) < 0 || unit > 'f') {
                    return false;
                }
            }
            return true;
        }
    },
    /// Four decimal numbers without leading zeros.
    IPV4("ipv4") {
        @Override
        boolean accepts(JsonCursor text, int length) {
            int at = 0;
            int end = length;
            for (int part = 0; part < 4; part++) {
                int first = at;
                int value = 0;
                while (at < end && isDigit(text.unit(at)) && at - first < 3) {
                    value = value * 10 + text.unit(at++) - '0';
                }
                int digits = at - first;
                boolean zeros = digits > 1 && text.unit(first) == '0';
                if (digits == 0 || value > 255 || zeros) {
                    return false;
                }
                if (part < 3 && (at == end || text.unit(at++) != '.')) {
                    return false;
                }
            }
            return at == end;
        }
    };

    private final String text;

    TextFormat(String text) {
        this.text = text;
    }

    /// The format of that name; empty if it is not known here.
    static Optional<TextFormat> of(String name) {
        for (TextFormat format : values()) {
            if (format.text.equals(name)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /// Whether the text that was read last has the format.
    boolean accepts(JsonCursor text) {
        return text.isPlain() && accepts(text, text.length());
    }

    /// @param text without escapes, of ASCII
    abstract boolean accepts(JsonCursor text, int length);

    /// `2026-11-27` at this place; the years 1 to 9999.
    private static boolean isDate(JsonCursor text, int at) {
        int year = two(text, at) * 100 + two(text, at + 2);
        int month = two(text, at + 5);
        int day = two(text, at + 8);
        return two(text, at) >= 0
                && two(text, at + 2) >= 0
                && year > 0
                && text.unit(at + 4) == '-'
                && month >= 1
                && month <= 12
                && text.unit(at + 7) == '-'
                && day >= 1
                && day <= days(year, month);
    }

    private static int days(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// `23:59:59` at this place.
    private static boolean isTime(JsonCursor text, int at) {
        return isUpTo(23, text, at)
                && text.unit(at + 2) == ':'
                && isUpTo(59, text, at + 3)
                && text.unit(at + 5) == ':'
                && isUpTo(59, text, at + 6);
    }

    /// Where the zone begins: after a fraction of 1 to 9 digits, if there is one.
    private static int afterFraction(JsonCursor text, int at, int end) {
        if (at >= end || text.unit(at) != '.') {
            return at;
        }
        int digits = at + 1;
        while (digits < end && isDigit(text.unit(digits))) {
            digits++;
        }
        int count = digits - at - 1;
        return count >= 1 && count <= 9 ? digits : end;
    }

    private static boolean isZone(JsonCursor text, int at, int end) {
        if (end - at == 1) {
            return text.unit(at) == 'Z';
        }
        return end - at == 6
                && (text.unit(at) == '+' || text.unit(at) == '-')
                && isUpTo(14, text, at + 1)
                && text.unit(at + 3) == ':'
                && isUpTo(59, text, at + 4);
    }

    private static boolean isUpTo(int most, JsonCursor text, int at) {
        int number = two(text, at);
        return number >= 0 && number <= most;
    }

    /// Two digits as a number; negative if they are none.
    private static int two(JsonCursor text, int at) {
        return isDigit(text.unit(at)) && isDigit(text.unit(at + 1))
                ? (text.unit(at) - '0') * 10 + text.unit(at + 1) - '0'
                : -1;
    }

    private static boolean isDigit(byte unit) {
        return unit >= '0' && unit <= '9';
    }
}
