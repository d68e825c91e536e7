package dev.sluice.enricher.process.device;

import java.util.Locale;

/// What kind of thing sent an event.
enum DeviceClass {
    DESKTOP,
    PHONE,
    TABLET,
    TV,
    CONSOLE,
    BOT,
    /// Something that names itself and is none of the above, such as a library on a server.
    OTHER,
    /// No user agent, one that says nothing, or one that there was no time to read.
    UNKNOWN;

    /// As it is written in the warehouse.
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
