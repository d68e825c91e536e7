package dev.sluice.enricher.process.geo;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// One database, found to be whole. Immutable; thread-safe.
public final class GeoDatabase {

    /// All of a small database; of a large one what takes half a second.
    private static final int NETWORKS_TO_WALK = 50_000;

    /// Some records tell less than others of their database.
    private static final int RECORDS_TO_TELL_BY = 1000;

    /// Lookups all over the address space, for what the walk does not reach.
    private static final int LOOKUPS = 4096;

    private static final int IPV4 = 4;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final String file;
    private final Reader reader;
    private final Metadata metadata;
    private final GeoLayout layout;

    private GeoDatabase(String file, Reader reader, GeoLayout layout) {
        this.file = file;
        this.reader = reader;
        this.metadata = reader.getMetadata();
        this.layout = layout;
    }

    /// Reads enough of a database to trust it.
    ///
    /// @param file names it, for messages and meters
    /// @throws InvalidGeoDatabase that names the file and says what is wrong
    public static GeoDatabase verified(String file, Reader reader) {
        try {
            GeoDatabase database = new GeoDatabase(file, reader, layout(file, reader));
            database.layout.walk(reader, NETWORKS_TO_WALK);
            database.lookAround();
            return database;
        } catch (InvalidGeoDatabase e) {
            throw e;
        } catch (IOException | InvalidNetworkException | RuntimeException e) {
            // A damaged file can make the reader fail in any way.
            throw new InvalidGeoDatabase(file, "is damaged: " + e.getMessage(), e);
        }
    }

    /// Names it, for messages and meters.
    public String file() {
        return file;
    }

    /// When its vendor made it.
    public Instant builtAt() {
        return metadata.buildTime();
    }

    /// What it is, for people: `GeoLite2-City of 2026-06-05T13:42:02Z`.
    public String description() {
        return metadata.databaseType() + " of " + builtAt();
    }

    boolean tellsSystems() {
        return layout == GeoLayout.ASN;
    }

    /// @return null if nothing is known
    @Nullable GeoPlace find(InetAddress address) {
        if (metadata.ipVersion() == IPV4 && !(address instanceof Inet4Address)) {
            return null;
        }
        try {
            GeoPlace place = layout.read(reader, address);
            return place == null || place.isNowhere() ? null : place;
        } catch (IOException e) {
            throw new InvalidGeoDatabase(file, "is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return file + ": " + description();
    }

    @SuppressWarnings("rawtypes")
    private static GeoLayout layout(String file, Reader reader)
            throws IOException, InvalidNetworkException {
        Iterator<? extends DatabaseRecord<Map>> networks = reader.networks(Map.class);
        Set<Object> seen = new TreeSet<>();
        for (int i = 0; i < RECORDS_TO_TELL_BY && networks.hasNext(); i++) {
            Map<?, ?> record = networks.next().data();
            GeoLayout layout = GeoLayout.of(record.keySet());
            if (layout != null) {
                return layout;
            }
            seen.addAll(record.keySet());
        }
        throw new InvalidGeoDatabase(
                file, "is no database of places: all that its records have is " + seen);
    }

    private void lookAround() throws IOException {
        byte[] address = new byte[metadata.ipVersion() == IPV4 ? IPV4_BYTES : IPV6_BYTES];
        long bits = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            // Steps of the golden ratio lie apart whatever their number.
            bits += 0x9E3779B97F4A7C15L;
            for (int at = 0; at < Math.min(address.length, Long.BYTES); at++) {
                address[at] = (byte) (bits >>> (56 - 8 * at));
            }
            if (address.length == IPV6_BYTES) {
                // Global unicast, 2000::/3.
                address[0] = (byte) (0x20 | address[0] & 0x1F);
            }
            layout.read(reader, InetAddress.getByAddress(address));
        }
    }
}
