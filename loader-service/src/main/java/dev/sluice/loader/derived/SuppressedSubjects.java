package dev.sluice.loader.derived;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SuppressionCheck;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Tells sessions and links of persons who were erased. For one thread at a time.
public final class SuppressedSubjects {

    private static final String USER = "user";

    private final SuppressionCheck check;

    public SuppressedSubjects(SuppressionCheck check) {
        this.check = check;
    }

    /// Whether the session is to be dropped: it has no time of receipt, and when it began before
    /// its person was erased it tells of what is to be forgotten.
    boolean has(SessionChange session) {
        return check.covers(
                new TenantId(session.tenantId()),
                session.startedAt(),
                () -> subjects(session.userId(), session.anonymousId()));
    }

    /// Whether the link is to be dropped.
    boolean has(IdentityLink link) {
        boolean user = link.idKind().equals(USER);
        return check.covers(
                new TenantId(link.tenantId()),
                link.linkedAt(),
                () -> user ? subjects(link.id(), null) : subjects(null, link.id()));
    }

    private static List<SubjectId> subjects(@Nullable String user, @Nullable String anonymous) {
        return Stream.of(
                        SubjectId.of(SubjectKind.USER_ID, user),
                        SubjectId.of(SubjectKind.ANONYMOUS_ID, anonymous))
                .flatMap(Optional::stream)
                .toList();
    }
}
