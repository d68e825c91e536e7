package dev.sluice.loader.queue;

import java.util.Arrays;

/// The tables of the warehouse that files are loaded into.
public enum LoadTable {
    EVENTS("events"),
    QUARANTINED_EVENTS("quarantined_events");

    private final String name;

    LoadTable(String name) {
        this.name = name;
    }

    /// As the warehouse calls it.
    public String tableName() {
        return name;
    }

    /// @throws IllegalArgumentException if there is no such table
    static LoadTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }
}
