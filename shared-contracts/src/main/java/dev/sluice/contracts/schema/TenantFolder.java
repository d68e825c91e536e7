package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a tenant's own contracts and its policy are, among the contracts of all.
///
/// @param tenant whose id is safe as the name of a folder: 1 to 64 of `A-Z`, `a-z`, `0-9`, `.`, `_`
///     and `-`, starting with a letter or a digit
public record TenantFolder(TenantId tenant) {

    private static final String ROOT = "tenants/";
    private static final String POLICY = "policy.json";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /// @throws IllegalArgumentException if the tenant's id is not safe as the name of a folder
    public TenantFolder {
        requireSafe(tenant);
    }

    /// The folder that a file lies in; empty for one of the common contracts.
    ///
    /// @throws IllegalArgumentException if it is in a folder that no tenant can have
    public static Optional<TenantFolder> holding(String name) {
        int end = name.startsWith(ROOT) ? name.indexOf('/', ROOT.length()) : -1;
        return end < 0
                ? Optional.empty()
                : Optional.of(new TenantFolder(new TenantId(name.substring(ROOT.length(), end))));
    }

    /// Whether this is the name of a policy, the one kind of file that may change.
    public static boolean isPolicy(String name) {
        return name.startsWith(ROOT)
                && name.indexOf('/', ROOT.length()) == name.length() - POLICY.length() - 1
                && name.endsWith(POLICY);
    }

    /// What the names of the tenant's files start with, such as `tenants/shop/`.
    public String prefix() {
        return ROOT + tenant + '/';
    }

    /// The name of the tenant's policy.
    public String policy() {
        return prefix() + POLICY;
    }

    static void requireSafe(TenantId tenant) {
        if (!SAFE.matcher(tenant.value()).matches()) {
            throw new IllegalArgumentException(
                    "tenant id "
                            + tenant
                            + " cannot name a folder: only an id of A-Z, a-z, 0-9, '.', '_' and '-',"
                            + " starting with a letter or a digit, can have contracts of its own");
        }
    }
}
