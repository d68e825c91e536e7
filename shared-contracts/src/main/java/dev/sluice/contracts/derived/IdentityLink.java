package dev.sluice.contracts.derived;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An id belongs to a person from now on: a row of `identities`, by which the warehouse can restate
/// earlier events.
///
/// @param idKind `anonymous` or `user`
/// @param id as events carry it
/// @param personId of the person it belongs to
/// @param previousPersonId which events of this id had before
/// @param linkedAt when the event was received that says so; of two links of one id the later one
///     stands
/// @param eventId of that event
/// @param shared whether the id was found to belong to more people than one can be, so that it
///     tells nobody from now on
public record IdentityLink(
        String tenantId,
        String idKind,
        String id,
        String personId,
        @Nullable String previousPersonId,
        Instant linkedAt,
        String eventId,
        boolean shared)
        implements Derived {}
