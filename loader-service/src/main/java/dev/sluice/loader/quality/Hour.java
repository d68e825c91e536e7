package dev.sluice.loader.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What was counted in some time, mostly an hour.
///
/// @param types events by type
/// @param fields presence by field
record Hour(Map<TypeKey, Events> types, Map<FieldKey, Presence> fields) {

    static final Hour EMPTY = new Hour(Map.of(), Map.of());

    Hour {
        types = Map.copyOf(types);
        fields = Map.copyOf(fields);
    }

    /// @param loaded rows of `events`
    /// @param rejected rows of `quarantined_events`
    record Events(long loaded, long rejected) {

        long all() {
            return loaded + rejected;
        }

        Events plus(Events other) {
            return new Events(loaded + other.loaded, rejected + other.rejected);
        }
    }

    /// @param events of the type
    /// @param present those that have the field
    record Presence(long events, long present) {

        Presence plus(Presence other) {
            return new Presence(events + other.events, present + other.present);
        }

        double missingShare() {
            return events == 0 ? 0 : (double) (events - present) / events;
        }
    }

    /// How many events a tenant's type has.
    Map<TypeOfTenant, Long> volumes() {
        Map<TypeOfTenant, Long> volumes = new HashMap<>();
        types.forEach((key, events) -> volumes.merge(key.typeOfTenant(), events.all(), Long::sum));
        return volumes;
    }

    /// The share of refused ones by what they are a part of: refusals under a contract of that
    /// contract's events, those without one of the type's, and those of no type of all that the
    /// source sent.
    Map<TypeKey, Double> rejectedShares() {
        Map<TypeKey, Long> wholes = new HashMap<>();
        types.forEach(
                (key, events) ->
                        new HashSet<>(List.of(key, key.ofType(), key.ofSource()))
                                .forEach(whole -> wholes.merge(whole, events.all(), Long::sum)));
        Map<TypeKey, Double> shares = new HashMap<>();
        wholes.forEach(
                (whole, all) -> {
                    Events part = types.get(whole);
                    shares.put(whole, part == null ? 0 : (double) part.rejected() / all);
                });
        return shares;
    }
}
