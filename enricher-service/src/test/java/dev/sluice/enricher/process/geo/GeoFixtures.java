package dev.sluice.enricher.process.geo;

import com.maxmind.db.Reader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Databases of MaxMind's test data (`src/test/resources/mmdb`), and small ones of our own.
public final class GeoFixtures {

    public static final String CITY = "GeoIP2-City-Test.mmdb";
    public static final String ASN = "GeoLite2-ASN-Test.mmdb";
    public static final String BROKEN_DOUBLE = "GeoIP2-City-Test-Broken-Double-Format.mmdb";
    public static final String BROKEN_TREE = "GeoIP2-City-Test-Invalid-Node-Count.mmdb";

    private GeoFixtures() {}

    public static byte[] file(String name) {
        try (InputStream in = GeoFixtures.class.getResourceAsStream("/mmdb/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no test file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GeoDatabase open(String name) {
        return open(name, file(name));
    }

    public static GeoDatabase open(String name, byte[] content) {
        try {
            return GeoDatabase.verified(name, new Reader(new ByteArrayInputStream(content)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static GeoDatabases databases(GeoDatabase... databases) {
        return GeoDatabases.of(List.of(databases), "");
    }

    /// As `ip-location-db` packs DB-IP's, for addresses that begin with 81.
    public static byte[] flat(String city) {
        return new TinyDatabase("city ipv4")
                .with(
                        81,
                        Map.of(
                                "country_code",
                                "DE",
                                "state1",
                                "Berlin",
                                "state2",
                                "",
                                "city",
                                city,
                                "latitude",
                                52.5244f,
                                "longitude",
                                13.4105f))
                .bytes();
    }
}
