package dev.sluice.enricher.process.geo;

import org.jspecify.annotations.Nullable;

/// Places by address. Never blocks.
public interface GeoLookup {

    /// @param address of IPv4 or IPv6, as a text
    /// @return with nothing in it when no database knows the address; null when there is none to
    ///     ask, or the text is no address
    @Nullable GeoPlace find(String address);

    /// Knows nothing.
    static GeoLookup off() {
        return address -> null;
    }
}
