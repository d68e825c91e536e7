package dev.sluice.contracts.evolution;

import dev.sluice.contracts.schema.SchemaVer;

/// How much of what readers and senders rely on a change leaves, and so which number of the version
/// has to rise, after Snowplow's SchemaVer.
public enum ChangeLevel {
    /// Old events keep the new contract and old readers understand new events: a new optional
    /// property.
    ADDITION,
    /// Old events keep the new contract, but readers may meet what they did not know: a wider
    // range,
    /// one more value of an enumeration, a property that may be missing now.
    REVISION,
    /// Old events may break the new contract, or a column becomes another one.
    MODEL;

    /// Which number rises first from the older version to the newer one.
    ///
    /// @throws IllegalArgumentException if the newer one is not higher
    static ChangeLevel between(SchemaVer older, SchemaVer newer) {
        if (newer.compareTo(older) <= 0) {
            throw new IllegalArgumentException(newer + " is not above " + older);
        }
        if (newer.model() > older.model()) {
            return MODEL;
        }
        return newer.revision() > older.revision() ? REVISION : ADDITION;
    }

    /// The lowest version above this one that says so.
    SchemaVer after(SchemaVer version) {
        return switch (this) {
            case ADDITION ->
                    new SchemaVer(version.model(), version.revision(), version.addition() + 1);
            case REVISION -> new SchemaVer(version.model(), version.revision() + 1, 0);
            case MODEL -> new SchemaVer(version.model() + 1, 0, 0);
        };
    }
}
