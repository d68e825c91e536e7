package dev.sluice.validator.process.body;

import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What later steps need of a body, as the sender gave it; null where it is absent or no text.
///
/// @param ip of `context`
/// @param userAgent of `context`
public record BodyFacts(
        @Nullable String eventTs,
        @Nullable String sentTs,
        @Nullable String anonymousId,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String ip,
        @Nullable String userAgent) {

    /// The ids by which its person and its device are known.
    public List<SubjectId> subjects() {
        return Stream.of(
                        SubjectId.of(SubjectKind.USER_ID, userId),
                        SubjectId.of(SubjectKind.ANONYMOUS_ID, anonymousId))
                .flatMap(Optional::stream)
                .toList();
    }
}
