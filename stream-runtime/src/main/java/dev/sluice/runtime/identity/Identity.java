package dev.sluice.runtime.identity;

import java.util.Set;

/// What is known of an id.
///
/// @param links of the id to persons
/// @param members keys of the ids that were ever linked to this one
public record Identity(IdRef ref, LinkHistory links, Set<String> members) {

    public Identity {
        members = Set.copyOf(members);
    }
}
