package dev.sluice.contracts.schema;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// All contracts of one moment, immutable. A registry that learns of new ones makes a new catalog.
public final class ContractCatalog {

    private final List<Contract> envelopes;
    private final NavigableMap<String, NavigableMap<SchemaVer, Contract>> types = new TreeMap<>();

    private ContractCatalog(String origin, Collection<Contract> contracts) {
        for (Contract contract : contracts) {
            types.computeIfAbsent(contract.id().eventType(), type -> new TreeMap<>())
                    .put(contract.id().version(), contract);
        }
        NavigableMap<SchemaVer, Contract> envelopes = types.remove(Contract.ENVELOPE);
        if (envelopes == null) {
            throw new InvalidContract(origin, "has no contract " + Contract.ENVELOPE);
        }
        this.envelopes = List.copyOf(envelopes.values());
        requireObject(envelope());
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

    /// The contracts at `<event type>/<version>.json` in a directory, the envelope among them.
    ///
    /// @throws InvalidContract naming the first file that cannot be used
    /// @throws java.io.UncheckedIOException when the directory or a file in it cannot be read
    public static ContractCatalog fromDirectory(Path directory) {
        return new ContractCatalog(directory.toString(), ContractFiles.in(directory));
    }

    /// The contracts in files that are held in memory.
    ///
    /// @param origin where they come from, for messages
    /// @param files by name, `<event type>/<version>.json`
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

    /// Names of the event types that have a contract, sorted.
    public Set<String> eventTypes() {
        return Collections.unmodifiableSet(types.navigableKeySet());
    }

    /// The contract of exactly this version.
    public Optional<Contract> find(String eventType, SchemaVer version) {
        return Optional.ofNullable(byVersion(eventType).get(version));
    }

    /// The contract of the highest version.
    public Optional<Contract> latest(String eventType) {
        NavigableMap<SchemaVer, Contract> versions = byVersion(eventType);
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.lastEntry().getValue());
    }

    /// The contracts of one event type, oldest first; empty when it has none.
    public List<Contract> versions(String eventType) {
        return List.copyOf(byVersion(eventType).values());
    }

    /// Every contract of every event type in all versions, without the envelope, by type and then
    /// oldest first.
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
        NavigableMap<SchemaVer, Contract> versions = byVersion(id.eventType());
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

    private NavigableMap<SchemaVer, Contract> byVersion(String eventType) {
        return types.getOrDefault(eventType, Collections.emptyNavigableMap());
    }

    private static void requireObject(Contract envelope) {
        if (!envelope.document().at("/properties/properties").isObject()) {
            throw new InvalidContract(
                    envelope.id().toString(), "the envelope has no field properties");
        }
    }
}
