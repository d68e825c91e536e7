package dev.sluice.validator.process.body;

import dev.sluice.contracts.event.Bytes;

/// Whether bytes are a text that needs no second look.
public final class PlainText {

    private PlainText() {}

    /// True if they are well-formed UTF-8 without a NUL and no escape in them can make half of a
    /// surrogate pair.
    public static boolean is(Bytes bytes) {
        return Utf8.isText(bytes) && !Surrogates.mayEscapeOne(bytes);
    }
}
