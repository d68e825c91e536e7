package dev.sluice.loader.queue;

import java.util.Arrays;

/// The tables of the warehouse that files are loaded into.
public enum LoadTable {
    EVENTS("events", true),
    QUARANTINED_EVENTS("quarantined_events", false);

    private final String name;
    private final boolean keepsFiles;

    LoadTable(String name, boolean keepsFiles) {
        this.name = name;
        this.keepsFiles = keepsFiles;
    }

    /// As the warehouse calls it.
    public String tableName() {
        return name;
    }

    /// Whether files stay when they are loaded, for others to read. Those of the quarantine's rows
    /// are a way into the warehouse and no more: its records are in objects of their own.
    public boolean keepsFiles() {
        return keepsFiles;
    }

    /// @throws IllegalArgumentException if there is no such table
    static LoadTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }
}
