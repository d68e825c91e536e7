package dev.sluice.runtime.identity;

import java.util.List;

/// The ids of one person.
///
/// @param theirs in the order in which they lead to each other; whoever removes them from the last
///     to the first and is interrupted finds those that are left from the first
/// @param shared that belonged to this person, and to others too
public record PersonIds(List<Identity> theirs, List<Identity> shared) {

    public PersonIds {
        theirs = List.copyOf(theirs);
        shared = List.copyOf(shared);
    }
}
