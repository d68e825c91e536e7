package dev.sluice.validator.process;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.process.body.BodyFacts;

/// An event that keeps its contract.
///
/// @param received as it came
/// @param key the hash of its partition key, which keeps the events of one device together
/// @param event with its checked section
/// @param eventType that it is
/// @param version of the contract that it keeps
/// @param body what was read of its body
public record CheckedEvent(
        ReceivedEvent received,
        HashKey key,
        SectionedEvent event,
        String eventType,
        String version,
        BodyFacts body) {}
