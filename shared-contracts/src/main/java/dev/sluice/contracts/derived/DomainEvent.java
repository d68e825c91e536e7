package dev.sluice.contracts.derived;

import tools.jackson.databind.JsonNode;

import java.time.Instant;

/// Something that other systems act on, made by a rule from an enriched event or the end of a
/// session.
///
/// @param id the same whenever it is made again: receivers drop what they have had
/// @param type such as `purchase_completed`
/// @param occurredAt when it happened
/// @param detail the fields that the rule names; an object
public record DomainEvent(
        String tenantId, String id, String type, Instant occurredAt, JsonNode detail)
        implements Derived {}
