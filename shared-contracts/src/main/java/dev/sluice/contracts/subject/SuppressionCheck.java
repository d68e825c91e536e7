package dev.sluice.contracts.subject;

import dev.sluice.contracts.event.TenantId;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Supplier;

/// Tells which events are of subjects that were erased. Where nobody of a tenant is on the list it
/// costs a look into a map. For one thread at a time.
public final class SuppressionCheck {

    private final Supplier<SuppressionList> lists;
    private final SubjectKeys keys;

    /// @param lists gives the list as it is now
    public SuppressionCheck(Supplier<SuppressionList> lists, SubjectKeys keys) {
        this.lists = lists;
        this.keys = keys;
    }

    /// Whether an event is to be dropped.
    ///
    /// @param receivedTs when the event was received, not when it arrived here
    /// @param subjects all ids that the event has; asked for only if somebody of the tenant is on
    ///     the list
    public boolean covers(
            TenantId tenant,
            Instant receivedTs,
            Supplier<? extends Collection<SubjectId>> subjects) {
        SuppressionList list = lists.get();
        if (list.isEmpty(tenant)) {
            return false;
        }
        for (SubjectId subject : subjects.get()) {
            if (list.covers(tenant, keys.of(tenant, subject), receivedTs)) {
                return true;
            }
        }
        return false;
    }
}
