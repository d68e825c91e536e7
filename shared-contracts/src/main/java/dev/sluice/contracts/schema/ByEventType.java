package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/// What is kept for each event type, as a tenant sees it: the common types and those it adds. To
/// find it makes no object, and takes one look into a map for a common type, two for any other of a
/// tenant without types of its own. Immutable.
///
/// @param <V> immutable
public final class ByEventType<V> {

    private final Map<String, V> common = new HashMap<>();
    private final Map<TenantId, Map<String, V>> added = new HashMap<>();

    public ByEventType(Map<EventTypeId, V> values) {
        values.forEach(
                (type, value) -> {
                    TenantId tenant = type.tenant();
                    Map<String, V> types =
                            tenant == null
                                    ? common
                                    : added.computeIfAbsent(tenant, _ -> new HashMap<>());
                    types.put(type.eventType(), value);
                });
    }

    private ByEventType() {}

    /// What is kept for the type that the tenant calls so; null if there is nothing. No tenant adds
    /// a type that is common, so it does not matter which is looked for first.
    public @Nullable V find(TenantId tenant, String eventType) {
        V found = common.get(eventType);
        if (found != null) {
            return found;
        }
        Map<String, V> types = added.get(tenant);
        return types == null ? null : types.get(eventType);
    }

    /// The same types with something made of what is kept for each.
    public <R> ByEventType<R> map(Function<V, R> change) {
        ByEventType<R> changed = new ByEventType<>();
        common.forEach((type, value) -> changed.common.put(type, change.apply(value)));
        added.forEach(
                (tenant, types) -> {
                    Map<String, R> made = new HashMap<>();
                    types.forEach((type, value) -> made.put(type, change.apply(value)));
                    changed.added.put(tenant, made);
                });
        return changed;
    }
}
