package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.Bytes;

import java.util.Set;

/// Whose an event is by what was sent, valid or not: the ids of its body, under all their names, as
/// far as it can be read.
public final class BodySubjects {

    private BodySubjects() {}

    /// The ids that come before the first thing that is no JSON, in their order; none in bytes that
    /// are no JSON object. A number counts as its digits.
    public static Set<SubjectId> of(byte[] body) {
        return BodyGlance.parsed(Bytes.of(body)).subjects();
    }
}
