package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.regex.Pattern;

/// Names an event type: one that every tenant has, or one that a tenant adds for itself. Types of
/// two tenants may have the same name.
///
/// @param tenant whose type it is; null for one of every tenant
/// @param eventType lower case snake_case, `^[a-z][a-z0-9_]{0,63}$`
public record EventTypeId(@Nullable TenantId tenant, String eventType)
        implements Comparable<EventTypeId> {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Comparator<EventTypeId> ORDER =
            Comparator.comparing(EventTypeId::owner).thenComparing(EventTypeId::eventType);

    /// @throws IllegalArgumentException when `eventType` cannot be the name of an event type, or
    ///     the tenant cannot have a folder
    public EventTypeId {
        if (!isEventType(eventType)) {
            throw new IllegalArgumentException(
                    "event type must be 1 to 64 of a-z, 0-9 and _, starting with a letter");
        }
        if (tenant != null) {
            TenantFolder.requireSafe(tenant);
        }
    }

    /// A type of every tenant.
    ///
    /// @throws IllegalArgumentException as the constructor
    public static EventTypeId common(String eventType) {
        return new EventTypeId(null, eventType);
    }

    /// Whether `name` can be the name of an event type; a contract need not exist for it.
    public static boolean isEventType(String name) {
        return NAME.matcher(name).matches();
    }

    /// Common types first, then by tenant.
    @Override
    public int compareTo(EventTypeId other) {
        return ORDER.compare(this, other);
    }

    /// Such as `page_view` or `tenants/shop/booking`, which is also the folder of its contracts.
    @Override
    public String toString() {
        return tenant == null ? eventType : new TenantFolder(tenant).prefix() + eventType;
    }

    /// No tenant's id is empty.
    private String owner() {
        return tenant == null ? "" : tenant.value();
    }
}
