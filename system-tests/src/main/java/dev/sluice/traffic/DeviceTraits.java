package dev.sluice.traffic;

/// What the context of an event says of a device; the same for all its events.
///
/// @param kind desktop, phone, tablet or bot
/// @param width of the screen in CSS pixels
/// @param height of the screen in CSS pixels
record DeviceTraits(
        String kind,
        String userAgent,
        String locale,
        String timezone,
        int width,
        int height,
        String ip) {

    static final String BOT = "bot";
}
