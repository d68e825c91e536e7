package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/// Takes out of bodies what is personal, as their contracts say, and where none does by names of
/// fields. Same body, rule and keys, same result. Thread-safe.
public final class BodyRedactor {

    private final @Nullable Pseudonyms pseudonyms;
    private final boolean keepsAddresses;

    private BodyRedactor(@Nullable Pseudonyms pseudonyms, boolean keepsAddresses) {
        this.pseudonyms = pseudonyms;
        this.keepsAddresses = keepsAddresses;
    }

    /// What is hashed becomes a pseudonym.
    public static BodyRedactor with(Pseudonyms pseudonyms) {
        return new BodyRedactor(pseudonyms, false);
    }

    /// What is hashed elsewhere becomes a token such as `[email]`.
    public static BodyRedactor withoutKeys() {
        return new BodyRedactor(null, false);
    }

    /// The same, but that fields with an IP address keep all of it.
    public BodyRedactor keepingAddresses() {
        return new BodyRedactor(pseudonyms, true);
    }

    /// The body without what is personal; the same one if there is nothing.
    ///
    /// @param body JSON in well-formed UTF-8
    /// @param kinds gets the kinds of what was found
    /// @throws RuntimeException if the body is not a JSON object; its message may quote the body,
    ///     so it goes nowhere
    public Bytes redact(TenantId tenant, FieldRule rule, Bytes body, Set<PiiKind> kinds) {
        Set<PiiKind> found = EnumSet.noneOf(PiiKind.class);
        @Nullable Bytes redacted = BodyWalk.redact(body, rule, values(tenant, found));
        if (redacted == null) {
            found.clear();
            redacted = TreeWalk.redact(body, rule, values(tenant, found));
        }
        kinds.addAll(found);
        return redacted;
    }

    private Values values(TenantId tenant, Set<PiiKind> kinds) {
        return new Values(tenant, pseudonyms, keepsAddresses, kinds);
    }

    /// What stands for an id that holds an e-mail address or a phone number; null for any other,
    /// which stays.
    public @Nullable String pseudonymOf(TenantId tenant, @Nullable String id) {
        if (id == null || !PersonalIds.is(id)) {
            return null;
        }
        return pseudonyms == null ? PiiKind.ID.token() : pseudonyms.of(tenant, id);
    }
}
