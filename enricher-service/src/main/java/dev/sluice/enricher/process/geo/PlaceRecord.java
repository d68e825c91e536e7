package dev.sluice.enricher.process.geo;

import com.maxmind.db.MaxMindDbParameter;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// A record of a database, as its layout has it. The reader makes them, so all of them have to be
/// public.
sealed interface PlaceRecord {

    GeoPlace place();

    /// Of DB-IP's City Lite as `ip-location-db` packs it.
    record Flat(
            @MaxMindDbParameter(name = "country_code") @Nullable String country,
            @MaxMindDbParameter(name = "state1") @Nullable String region,
            @MaxMindDbParameter(name = "city") @Nullable String city,
            @MaxMindDbParameter(name = "latitude") @Nullable Number latitude,
            @MaxMindDbParameter(name = "longitude") @Nullable Number longitude)
            implements PlaceRecord {

        @Override
        public GeoPlace place() {
            return new GeoPlace(
                    country, region, city, degrees(latitude), degrees(longitude), null, null);
        }
    }

    /// Of MaxMind's databases.
    record Nested(
            @MaxMindDbParameter(name = "country") @Nullable Country country,
            @MaxMindDbParameter(name = "subdivisions") @Nullable List<Named> subdivisions,
            @MaxMindDbParameter(name = "city") @Nullable Named city,
            @MaxMindDbParameter(name = "location") @Nullable Location location)
            implements PlaceRecord {

        @Override
        public GeoPlace place() {
            List<Named> parts = subdivisions;
            return new GeoPlace(
                    country == null ? null : country.code(),
                    parts == null || parts.isEmpty() ? null : parts.getFirst().english(),
                    city == null ? null : city.english(),
                    location == null ? null : degrees(location.latitude()),
                    location == null ? null : degrees(location.longitude()),
                    null,
                    null);
        }
    }

    /// Of databases of autonomous systems.
    record AutonomousSystem(
            @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Number number,
            @MaxMindDbParameter(name = "autonomous_system_organization")
                    @Nullable String organization)
            implements PlaceRecord {

        @Override
        public GeoPlace place() {
            Long asn = number == null ? null : number.longValue();
            return new GeoPlace(null, null, null, null, null, asn, organization);
        }
    }

    record Country(@MaxMindDbParameter(name = "iso_code") @Nullable String code) {}

    record Named(@MaxMindDbParameter(name = "names") @Nullable Map<String, String> names) {
        @Nullable String english() {
            return names == null ? null : names.get("en");
        }
    }

    record Location(
            @MaxMindDbParameter(name = "latitude") @Nullable Number latitude,
            @MaxMindDbParameter(name = "longitude") @Nullable Number longitude) {}

    /// A float has as many digits as it shows, and none that the conversion makes up.
    private static @Nullable Double degrees(@Nullable Number value) {
        return value == null ? null : Double.valueOf(value.toString());
    }
}
