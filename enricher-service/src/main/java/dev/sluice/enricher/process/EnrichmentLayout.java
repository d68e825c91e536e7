package dev.sluice.enricher.process;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Which fields the enrichment section has and where each stands in it: the columns that the events
/// table takes from there, in its order but with those of one object together. The table alone
/// decides, so that what is written here is what is read there.
public final class EnrichmentLayout {

    /// @param group the object inside the section that holds the field; empty for the section
    /// @param groupBytes its name in quotes with a colon
    /// @param nameBytes the field's name in quotes with a colon
    record Place(String group, byte[] groupBytes, byte[] nameBytes) {

        static Place of(String group, String name) {
            return new Place(group, quoted(group), quoted(name));
        }

        private static byte[] quoted(String name) {
            return ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
        }
    }

    private final List<Place> places = new ArrayList<>();

    /// Names of columns, each at the place that its hash names or at the next free one, and the
    /// position of each beside it. It is asked fifty times for an event.
    private final @Nullable String[] columns;

    private final int[] positions;

    /// @throws IllegalArgumentException if a column stands deeper than in an object of the section
    public EnrichmentLayout(EventsTable table) {
        Map<String, Map<String, Place>> groups = new LinkedHashMap<>();
        for (Column column : table.stagingColumns()) {
            if (column.source() instanceof ColumnSource.InEvent source
                    && source.section() == EventSection.ENRICHMENT) {
                Place place = place(column.name(), source.pointer());
                groups.computeIfAbsent(place.group(), group -> new LinkedHashMap<>())
                        .put(column.name(), place);
            }
        }
        int fields = groups.values().stream().mapToInt(Map::size).sum();
        columns = new String[Integer.highestOneBit(4 * fields + 1)];
        positions = new int[columns.length];
        groups.values().forEach(group -> group.forEach(this::add));
    }

    private void add(String column, Place place) {
        int slot = slot(column);
        columns[slot] = column;
        positions[slot] = places.size();
        places.add(place);
    }

    /// The names of all fields.
    public Set<String> columns() {
        return Arrays.stream(columns).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    List<Place> places() {
        return places;
    }

    /// @throws IllegalArgumentException if the table has no such column of the section
    int positionOf(String column) {
        int slot = slot(column);
        if (columns[slot] == null) {
            throw new IllegalArgumentException("no column of the enrichment section: " + column);
        }
        return positions[slot];
    }

    /// Where a column is, or would be.
    private int slot(String column) {
        int slot = column.hashCode() & columns.length - 1;
        while (columns[slot] != null && !column.equals(columns[slot])) {
            slot = slot + 1 & columns.length - 1;
        }
        return slot;
    }

    private static Place place(String column, JsonPointer pointer) {
        JsonPointer rest = pointer.tail();
        if (rest.matches()) {
            return Place.of("", pointer.getMatchingProperty());
        }
        if (rest.tail().matches()) {
            return Place.of(pointer.getMatchingProperty(), rest.getMatchingProperty());
        }
        throw new IllegalArgumentException("column " + column + " is too deep: " + pointer);
    }
}
