package dev.sluice.gdpr.person;

import dev.sluice.contracts.subject.SubjectId;

import java.util.ArrayList;
import java.util.List;

/// The ids of a person, by kind and value.
///
/// @param all that are the person's alone, and those that were given
/// @param pseudonyms that stand for those which hold an e-mail address or a phone number, wherever
///     the enricher has been
/// @param shared that somebody else had too; they stay
public record PersonSubjects(
        List<SubjectId> all, List<SubjectId> pseudonyms, List<SubjectId> shared) {

    public PersonSubjects {
        all = List.copyOf(all);
        pseudonyms = List.copyOf(pseudonyms);
        shared = List.copyOf(shared);
    }

    /// Every id under which something of the person may be kept.
    public List<SubjectId> stored() {
        List<SubjectId> stored = new ArrayList<>(all);
        stored.addAll(pseudonyms);
        return stored;
    }
}
