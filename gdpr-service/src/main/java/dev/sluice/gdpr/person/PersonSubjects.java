package dev.sluice.gdpr.person;

import dev.sluice.contracts.subject.SubjectId;

import java.util.List;

/// The ids of a person, by kind and value.
///
/// @param all that are the person's alone, and those that were given
/// @param shared that somebody else had too; they stay
public record PersonSubjects(List<SubjectId> all, List<SubjectId> shared) {

    public PersonSubjects {
        all = List.copyOf(all);
        shared = List.copyOf(shared);
    }
}
