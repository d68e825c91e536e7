package dev.sluice.enricher.process.geo;

import dev.sluice.enricher.process.ColumnText;

import org.jspecify.annotations.Nullable;

/// What databases tell of an address, within the widths of the columns. Null is not told.
///
/// @param country ISO 3166-1, two letters
/// @param region name of the largest subdivision, in English
/// @param city in English
/// @param latitude in degrees, north is positive; null exactly when the longitude is
/// @param longitude in degrees, east is positive
/// @param asn number of the autonomous system
/// @param asOrganization who runs it
record GeoPlace(
        @Nullable String country,
        @Nullable String region,
        @Nullable String city,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable Long asn,
        @Nullable String asOrganization) {

    static final GeoPlace NOWHERE = new GeoPlace(null, null, null, null, null, null, null);

    private static final int COUNTRY_LETTERS = 2;
    private static final int NAME_BYTES = 128;
    private static final int ORGANIZATION_BYTES = 256;

    GeoPlace {
        country = country != null && country.length() == COUNTRY_LETTERS ? country : null;
        region = ColumnText.cut(region, NAME_BYTES);
        city = ColumnText.cut(city, NAME_BYTES);
        asOrganization = ColumnText.cut(asOrganization, ORGANIZATION_BYTES);
        if (!isOnEarth(latitude, longitude)) {
            latitude = null;
            longitude = null;
        }
    }

    boolean isNowhere() {
        return equals(NOWHERE);
    }

    /// The same, and in which system it is.
    GeoPlace in(GeoPlace system) {
        return new GeoPlace(
                country, region, city, latitude, longitude, system.asn, system.asOrganization);
    }

    private static boolean isOnEarth(@Nullable Double latitude, @Nullable Double longitude) {
        return latitude != null
                && longitude != null
                && Math.abs(latitude) <= 90
                && Math.abs(longitude) <= 180;
    }
}
