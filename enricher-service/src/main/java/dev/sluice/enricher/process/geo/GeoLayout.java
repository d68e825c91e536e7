package dev.sluice.enricher.process.geo;

import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;

/// How the records of a database are laid out. Told from their fields, since the names of types are
/// as many as there are vendors.
enum GeoLayout {
    NESTED("country", PlaceRecord.Nested.class),
    FLAT("country_code", PlaceRecord.Flat.class),
    ASN("autonomous_system_number", PlaceRecord.AutonomousSystem.class);

    private final String sign;
    private final Class<? extends PlaceRecord> type;

    GeoLayout(String sign, Class<? extends PlaceRecord> type) {
        this.sign = sign;
        this.type = type;
    }

    /// @param fields of one record
    /// @return null if there is none like it
    static @Nullable GeoLayout of(Set<?> fields) {
        for (GeoLayout each : values()) {
            if (fields.contains(each.sign)) {
                return each;
            }
        }
        return null;
    }

    /// What a database says of an address; null if nothing.
    @Nullable GeoPlace read(Reader reader, InetAddress address) throws IOException {
        PlaceRecord found = reader.get(address, type);
        return found == null ? null : found.place();
    }

    /// Walks the database as far as the limit; what is broken throws.
    ///
    /// @return networks that were read
    int walk(Reader reader, int limit) throws IOException, InvalidNetworkException {
        Networks<? extends PlaceRecord> networks = reader.networks(type);
        int read = 0;
        while (read < limit && networks.hasNext()) {
            networks.next().data().place();
            read++;
        }
        return read;
    }
}
