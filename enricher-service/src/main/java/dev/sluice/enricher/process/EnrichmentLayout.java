package dev.sluice.enricher.process;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import tools.jackson.core.JsonPointer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Map<String, Integer> positions = new HashMap<>();

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
        for (Map<String, Place> group : groups.values()) {
            group.forEach(
                    (column, place) -> {
                        positions.put(column, places.size());
                        places.add(place);
                    });
        }
    }

    /// The names of all fields.
    public Set<String> columns() {
        return Set.copyOf(positions.keySet());
    }

    List<Place> places() {
        return places;
    }

    /// @throws IllegalArgumentException if the table has no such column of the section
    int positionOf(String column) {
        Integer position = positions.get(column);
        if (position == null) {
            throw new IllegalArgumentException("no column of the enrichment section: " + column);
        }
        return position;
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
