package dev.sluice.contracts.schema;

import dev.sluice.contracts.event.TenantId;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All contracts of one moment, immutable: the common ones, which hold for every tenant, and those
/// of types that tenants add. A registry that learns of new ones makes a new catalog.
public final class ContractCatalog {

    private static final int MOST_NAMED = 10;

    private final List<Contract> envelopes;
    private final NavigableMap<EventTypeId, NavigableMap<SchemaVer, Contract>> types =
            new TreeMap<>();
    private final Map<TenantId, UnknownTypes> policies;

    private ContractCatalog(String origin, ContractSet set) {
        for (Contract contract : set.contracts()) {
            types.computeIfAbsent(contract.id().type(), type -> new TreeMap<>())
                    .put(contract.id().version(), contract);
        }
        requireNewTypes(origin);
        NavigableMap<SchemaVer, Contract> envelopes = types.remove(Contract.ENVELOPE_TYPE);
        if (envelopes == null) {
            throw new InvalidContract(origin, "has no contract " + Contract.ENVELOPE);
        }
        this.envelopes = List.copyOf(envelopes.values());
        requireObject(envelope());
        policies = set.policies();
    }

    /// The contracts this library brings along.
    public static ContractCatalog bundled() {
        return of("contracts", bundledFiles());
    }

    /// The files of the contracts this library brings along, by name, `<event
    /// type>/<version>.json`.
    public static Map<String, byte[]> bundledFiles() {
        return ContractFiles.bundled();
    }

    /// The contracts in a directory, the envelope among them: the common ones at
    /// `<event type>/<version>.json`, a tenant's in `tenants/<tenant id>` beside its `policy.json`.
    ///
    /// @throws InvalidContract naming the first file that cannot be used
    /// @throws java.io.UncheckedIOException when the directory or a file in it cannot be read
    public static ContractCatalog fromDirectory(Path directory) {
        return new ContractCatalog(directory.toString(), ContractFiles.in(directory));
    }

    /// The contracts in files that are held in memory.
    ///
    /// @param origin where they come from, for messages
    /// @param files by name, as in a directory
    /// @throws InvalidContract naming the first file that cannot be used
    public static ContractCatalog of(String origin, Map<String, byte[]> files) {
        return new ContractCatalog(origin, ContractFiles.of(origin, files));
    }

    /// The newest contract of the whole event.
    public Contract envelope() {
        return envelopes.getLast();
    }

    /// The contract of the whole event in all versions, oldest first; not empty.
    public List<Contract> envelopes() {
        return envelopes;
    }

    /// Names of the common event types that have a contract, sorted.
    public Set<String> eventTypes() {
        return types.keySet().stream()
                .filter(type -> type.tenant() == null)
                .map(EventTypeId::eventType)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Every event type that has a contract, the common ones first, then by tenant.
    public List<EventTypeId> types() {
        return List.copyOf(types.keySet());
    }

    /// What tenants want done with events whose type has no contract, as far as they say so.
    public Map<TenantId, UnknownTypes> policies() {
        return policies;
    }

    /// The contract of exactly this version of a common type.
    public Optional<Contract> find(String eventType, SchemaVer version) {
        return Optional.ofNullable(byVersion(EventTypeId.common(eventType)).get(version));
    }

    /// The contract of the highest version of a common type.
    public Optional<Contract> latest(String eventType) {
        NavigableMap<SchemaVer, Contract> versions = byVersion(EventTypeId.common(eventType));
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastEntry().getValue());
    }

    /// The contracts of one event type, oldest first; empty when it has none.
    public List<Contract> versions(EventTypeId type) {
        return List.copyOf(byVersion(type).values());
    }

    /// The contracts of every event type, oldest first, as tenants see them.
    public ByEventType<List<Contract>> byEventType() {
        Map<EventTypeId, List<Contract>> byType = new HashMap<>();
        for (EventTypeId type : types.keySet()) {
            byType.put(type, versions(type));
        }
        return new ByEventType<>(byType);
    }

    /// Every contract of every event type in all versions, without the envelope, the common ones
    /// first, by type and then oldest first.
    public List<Contract> contracts() {
        List<Contract> all = new ArrayList<>();
        types.values().forEach(versions -> all.addAll(versions.values()));
        return List.copyOf(all);
    }

    /// One JSON Schema for the whole body of an event: the envelope with the type's contract as its
    /// `properties`. `properties` itself is required where the type requires any. For an event type
    /// without a contract this is the envelope alone. Composed at each call: keep what is compiled
    /// from it.
    ///
    /// @throws IllegalArgumentException when the type has contracts but none of this version; ask
    ///     `find` first
    public JsonNode composed(ContractId id) {
        NavigableMap<SchemaVer, Contract> versions = byVersion(id.type());
        if (versions.isEmpty()) {
            return envelope().document();
        }
        Contract contract = versions.get(id.version());
        if (contract == null) {
            throw new IllegalArgumentException(
                    "no contract " + id + ", there are " + versions.keySet());
        }
        return EventSchema.compose(envelope(), contract);
    }

    private NavigableMap<SchemaVer, Contract> byVersion(EventTypeId type) {
        return types.getOrDefault(type, Collections.emptyNavigableMap());
    }

    /// An added type would hide the common one of its name.
    private void requireNewTypes(String origin) {
        Map<String, List<String>> hidden = new TreeMap<>();
        for (EventTypeId type : types.keySet()) {
            String name = type.eventType();
            if (type.tenant() != null && types.containsKey(EventTypeId.common(name))) {
                hidden.computeIfAbsent(name, _ -> new ArrayList<>()).add(type.tenant().value());
            }
        }
        for (Map.Entry<String, List<String>> type : hidden.entrySet()) {
            throw new InvalidContract(
                    origin,
                    "event type %s is a common one and added by %s; give the new one another name"
                            .formatted(type.getKey(), named(type.getValue())));
        }
    }

    private static String named(List<String> tenants) {
        String names =
                "tenant "
                        + tenants.stream()
                                .limit(MOST_NAMED)
                                .collect(Collectors.joining(", tenant "));
        int more = tenants.size() - MOST_NAMED;
        return more > 0 ? names + " and " + more + " more" : names;
    }

    private static void requireObject(Contract envelope) {
        if (!envelope.document().at("/properties/properties").isObject()) {
            throw new InvalidContract(
                    envelope.id().toString(), "the envelope has no field properties");
        }
    }
}
