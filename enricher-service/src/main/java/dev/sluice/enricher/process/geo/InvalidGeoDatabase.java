package dev.sluice.enricher.process.geo;

/// A file that is no database of places, or a damaged one.
public final class InvalidGeoDatabase extends RuntimeException {

    /// @param file names it
    /// @param why as a clause that goes on after the name
    public InvalidGeoDatabase(String file, String why) {
        super(file + ' ' + why);
    }

    public InvalidGeoDatabase(String file, String why, Throwable cause) {
        super(file + ' ' + why, cause);
    }
}
