package dev.sluice.contracts.derived;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What follows from events. Made again by a replay of the same events, with the same identity, so
/// that its readers can tell.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SessionChange.class, name = "session"),
    @JsonSubTypes.Type(value = IdentityLink.class, name = "identity"),
    @JsonSubTypes.Type(value = DomainEvent.class, name = "domain_event")
})
public sealed interface Derived permits SessionChange, IdentityLink, DomainEvent {

    /// Whose it is.
    String tenantId();
}
