package dev.sluice.replay;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the fields of a file of history belong in an event: `price=properties.price`.
///
/// @param places by the names of fields; paths of names with dots between
public record FieldMap(Map<String, String> places) {

    private static final Set<String> OF_EVENTS =
            Set.of(
                    "event_id",
                    "event_type",
                    "event_ts",
                    "sent_ts",
                    "anonymous_id",
                    "user_id",
                    "session_id",
                    "schema_version");

    private static final String PROPERTIES = "properties.";

    /// @throws IllegalArgumentException that names a path that is none
    public FieldMap {
        places = Map.copyOf(places);
        for (String path : places.values()) {
            if (!path.matches("[^.]+(\\.[^.]+)*")) {
                throw new IllegalArgumentException(
                        "'" + path + "' is no path; write it as properties.price");
            }
        }
    }

    /// Where a field belongs: as it is mapped, or else among the event's own fields, or else among
    /// its properties.
    String place(String field) {
        String mapped = places.get(field);
        if (mapped != null) {
            return mapped;
        }
        return OF_EVENTS.contains(field) ? field : PROPERTIES + field;
    }

    /// Whether it is one of the event's own fields, which are texts.
    static boolean isText(String place) {
        return OF_EVENTS.contains(place);
    }

    /// Puts a value into an event; objects on the way are made. One that is no object stays.
    static void put(ObjectNode event, String place, JsonNode value) {
        List<String> names = List.of(place.split("\\."));
        ObjectNode parent = event;
        for (String name : names.subList(0, names.size() - 1)) {
            JsonNode next = parent.get(name);
            if (next == null) {
                next = parent.putObject(name);
            }
            if (!(next instanceof ObjectNode object)) {
                return;
            }
            parent = object;
        }
        parent.set(names.getLast(), value);
    }
}
