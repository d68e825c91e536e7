package dev.sluice.loader.archive.verify;

import java.time.Instant;

/// The events of a tenant that were received in one minute.
///
/// @param minute since 1970
record TenantMinute(String tenant, long minute) {

    private static final long SECONDS = 60;

    static long minuteOf(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }

    @Override
    public String toString() {
        return tenant + " " + Instant.ofEpochSecond(minute * SECONDS);
    }
}
