package dev.sluice.traffic;

import dev.sluice.contracts.rejection.RejectionReason;
import dev.sluice.contracts.schema.ContractCatalog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A shop's visitors as a source of batches: devices take turns, and each goes on with its visit.
///
/// The same seed, mix and readings of the clock give the same bytes. Not for use by several
/// threads.
public final class TrafficModel {

    private static final Expectation LOADED = new Expectation.Loaded();

    private final Dice dice;
    private final InstantSource clock;
    private final TroubleMix troubles;
    private final Catalogue catalogue;
    private final Spoiler spoiler = new Spoiler(ContractCatalog.bundled());
    private final List<Device> devices;
    private int turn;

    /// Devices visit as people do, 2,000 of them.
    public TrafficModel(long seed, InstantSource clock, TroubleMix troubles) {
        this(seed, clock, troubles, 2_000);
    }

    /// Fewer devices than requests in flight at once would break the order of their events.
    ///
    /// @param seed decides everything that is left to chance
    /// @param clock near whose time the events happen
    /// @param devices how many take turns, at least 1
    public TrafficModel(long seed, InstantSource clock, TroubleMix troubles, int devices) {
        if (devices < 1) {
            throw new IllegalArgumentException("devices must be at least 1, not " + devices);
        }
        this.dice = new Dice(seed);
        this.clock = clock;
        this.troubles = troubles;
        this.catalogue = new Catalogue(dice.split());
        this.devices = new Population(dice.split(), troubles.skewed()).devices(devices);
    }

    /// What the next device posts.
    public PlannedBatch nextBatch() {
        Device device = devices.get(turn);
        turn = (turn + 1) % devices.size();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<PlannedEvent> events = new ArrayList<>();
        while (!device.toRepeat.isEmpty() && events.size() < PlannedBatch.MAX_EVENTS / 2) {
            events.add(device.toRepeat.remove().repeated());
        }
        int size = Math.min(device.batchSize(dice), PlannedBatch.MAX_EVENTS - events.size());
        EventTimes times = EventTimes.upTo(now, device.lastEvent, size, dice);
        for (int i = 0; i < size; i++) {
            events.add(plan(device, times.next(), now));
        }
        device.lastEvent = times.last();
        repeatSome(device, events);
        return new PlannedBatch(device.anonymousId, events, device.format, device.gzip);
    }

    private PlannedEvent plan(Device device, Instant happened, Instant now) {
        Draft draft = nextDraft(device);
        Trouble trouble = Trouble.roll(troubles, dice);
        String eventId = EventIds.next(happened, dice);
        String eventType = draft.eventType();
        Expectation expectation = LOADED;
        Instant time = happened;
        switch (trouble) {
            case NONE -> {}
            case LATE -> time = now.minus(Duration.ofSeconds(dice.between(7_200L, 259_200L)));
            case UNKNOWN_TYPE -> {
                eventType = "legacy_" + eventType;
                expectation = quarantined(RejectionReason.UNKNOWN_TYPE);
            }
            case WRONG_TYPE -> {
                spoiler.wrongType(eventType, draft.properties(), dice);
                expectation = quarantined(RejectionReason.CONTRACT_VIOLATION);
            }
            case MISSING -> {
                if (!spoiler.missing(eventType, draft.properties(), dice)) {
                    spoiler.wrongType(eventType, draft.properties(), dice);
                }
                expectation = quarantined(RejectionReason.CONTRACT_VIOLATION);
            }
        }
        EventWriter.Sender sender =
                new EventWriter.Sender(
                        device, visit(device), time.plus(device.skew), now.plus(device.skew));
        byte[] json = EventWriter.write(eventId, eventType, draft, sender, dice);
        return new PlannedEvent(eventId, eventType, json, expectation, time, false);
    }

    private Draft nextDraft(Device device) {
        Optional<Draft> draft = visit(device).next();
        while (draft.isEmpty()) {
            device.visit = null;
            draft = visit(device).next();
        }
        return draft.get();
    }

    private Visit visit(Device device) {
        Visit visit = device.visit;
        if (visit == null) {
            visit = new Visit(dice, device, catalogue);
            device.visit = visit;
        }
        return visit;
    }

    // Only good events: what is quarantined is not deduplicated, so its copies would blur the
    // count.
    private void repeatSome(Device device, List<PlannedEvent> events) {
        for (PlannedEvent event : List.copyOf(events)) {
            if (!event.copy()
                    && event.expectation().equals(LOADED)
                    && dice.chance(troubles.repeated())) {
                if (dice.chance(0.3) && events.size() < PlannedBatch.MAX_EVENTS) {
                    events.add(event.repeated());
                } else {
                    device.toRepeat.add(event);
                }
            }
        }
    }

    private static Expectation quarantined(RejectionReason reason) {
        return new Expectation.Quarantined(reason);
    }
}
