package dev.sluice.crash;

import dev.sluice.traffic.Expectation;
import dev.sluice.traffic.load.Delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Where every event is, against what its sender was told.
final class Audit {

    private final Collection<Delivery> deliveries;
    private final Evidence evidence;

    Audit(Collection<Delivery> deliveries, Evidence evidence) {
        this.deliveries = deliveries;
        this.evidence = evidence;
    }

    /// What was found, by event id.
    ///
    /// @param loaded rows of each event in the warehouse
    /// @param quarantined events with a record in the quarantine
    /// @param curated rows of each event in the Parquet files; a replay may write one again
    /// @param archived events in the raw archive
    record Evidence(
            Map<String, Integer> loaded,
            Set<String> quarantined,
            Map<String, Integer> curated,
            Set<String> archived) {}

    List<Finding> findings() {
        return List.of(
                Finding.of("every acknowledged event is a row or in the quarantine", lost()),
                Finding.of("no event has two rows", twice()),
                Finding.of(
                        "good events are rows, bad ones in the quarantine",
                        owed(this::isMisplaced)),
                Finding.of("every row was sent", unsent()),
                Finding.of("warehouse and Parquet files hold the same events", disagreeing()),
                Finding.of(
                        "every acknowledged event is in the raw archive",
                        owed(event -> !evidence.archived.contains(event.eventId()))));
    }

    /// Whether everything that was acknowledged has arrived everywhere.
    boolean isComplete() {
        return lost().isEmpty() && owed(e -> !evidence.archived.contains(e.eventId())).isEmpty();
    }

    private List<String> lost() {
        return owed(
                event ->
                        !evidence.loaded.containsKey(event.eventId())
                                && !evidence.quarantined.contains(event.eventId()));
    }

    private List<String> owed(Predicate<Delivery> and) {
        return deliveries.stream()
                .filter(delivery -> delivery.acknowledged() > 0)
                .filter(and)
                .map(Delivery::eventId)
                .toList();
    }

    private boolean isMisplaced(Delivery event) {
        return switch (event.expectation()) {
            case Expectation.Loaded loaded -> evidence.quarantined.contains(event.eventId());
            case Expectation.Quarantined quarantined ->
                    evidence.loaded.containsKey(event.eventId());
        };
    }

    private List<String> twice() {
        return evidence.loaded.entrySet().stream()
                .filter(row -> row.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> unsent() {
        Set<String> sent = deliveries.stream().map(Delivery::eventId).collect(Collectors.toSet());
        return evidence.loaded.keySet().stream().filter(id -> !sent.contains(id)).toList();
    }

    private List<String> disagreeing() {
        List<String> ids = new ArrayList<>();
        for (String id : evidence.loaded.keySet()) {
            if (!evidence.curated.containsKey(id)) {
                ids.add(id + " (row only)");
            }
        }
        for (String id : evidence.curated.keySet()) {
            if (!evidence.loaded.containsKey(id)) {
                ids.add(id + " (file only)");
            }
        }
        return ids;
    }
}
