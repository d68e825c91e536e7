package dev.sluice.loader.queue;

import java.util.Arrays;

/// The tables of the warehouse that files are loaded into.
public enum LoadTable {
    EVENTS("events", true, true),
    QUARANTINED_EVENTS("quarantined_events", false, true),
    SESSIONS("sessions", false, false),
    IDENTITIES("identities", false, false);

    private final String name;
    private final boolean keepsFiles;
    private final boolean holdsEvents;

    LoadTable(String name, boolean keepsFiles, boolean holdsEvents) {
        this.name = name;
        this.keepsFiles = keepsFiles;
        this.holdsEvents = holdsEvents;
    }

    /// As the warehouse calls it.
    public String tableName() {
        return name;
    }

    /// Whether files stay when they are loaded, for others to read. The others are a way into the
    /// warehouse and no more: what the quarantine keeps is in objects of its own, and what follows
    /// from events can be made of them again.
    public boolean keepsFiles() {
        return keepsFiles;
    }

    /// Whether its rows are events that were accepted, which the books count.
    public boolean holdsEvents() {
        return holdsEvents;
    }

    /// @throws IllegalArgumentException if there is no such table
    static LoadTable named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no table " + name));
    }
}
