package dev.sluice.loader.sink;

/// What became of the events of a window.
final class SinkTally {

    int written;
    int superseded;
    int filtered;
    int suppressed;
    int refused;
    int unreadable;

    int received() {
        return written + superseded + filtered + suppressed + refused + unreadable;
    }
}
