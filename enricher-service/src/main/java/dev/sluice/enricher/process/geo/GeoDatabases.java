package dev.sluice.enricher.process.geo;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The databases in use. A place comes from the first that knows the address, an autonomous system
/// likewise.
///
/// @param places in the order in which they are asked
/// @param systems in the order in which they are asked
/// @param problem what is wrong with others, for people; empty if nothing is
public record GeoDatabases(List<GeoDatabase> places, List<GeoDatabase> systems, String problem) {

    public GeoDatabases {
        places = List.copyOf(places);
        systems = List.copyOf(systems);
    }

    /// @param databases in the order in which they are asked
    public static GeoDatabases of(Collection<GeoDatabase> databases, String problem) {
        return new GeoDatabases(
                databases.stream().filter(each -> !each.tellsSystems()).toList(),
                databases.stream().filter(GeoDatabase::tellsSystems).toList(),
                problem);
    }

    /// Whether there is nothing to look up in.
    public boolean isEmpty() {
        return places.isEmpty() && systems.isEmpty();
    }

    /// All of them.
    public List<GeoDatabase> all() {
        return Stream.concat(places.stream(), systems.stream()).toList();
    }

    GeoPlace find(InetAddress address) {
        GeoPlace place = first(places, address);
        return systems.isEmpty() ? place : place.in(first(systems, address));
    }

    private static GeoPlace first(List<GeoDatabase> databases, InetAddress address) {
        for (GeoDatabase database : databases) {
            GeoPlace place = database.find(address);
            if (place != null) {
                return place;
            }
        }
        return GeoPlace.NOWHERE;
    }
}
