package dev.sluice.validator.process.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.KeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.keyword.UnknownKeywordFactory;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.ContractId;
import dev.sluice.contracts.schema.InvalidContract;
import dev.sluice.contracts.schema.SchemaVer;
import dev.sluice.validator.process.accept.AcceptRules;

import tools.jackson.databind.JsonNode;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Every contract of a catalog, compiled once: one schema for each type and version, chosen by a
/// look-up, since one schema of all types costs a quarter more for each event. Immutable.
public final class CompiledContracts {

    private static final Schema META_SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

    private final CompiledContract envelope;
    private final AcceptRules acceptRules;
    private final Map<String, NavigableMap<SchemaVer, CompiledContract>> types = new HashMap<>();

    /// @throws InvalidContract if a contract is no valid JSON Schema
    public CompiledContracts(ContractCatalog catalog) {
        SchemaRegistry registry = registry();
        acceptRules = new AcceptRules(catalog);
        Contract whole = catalog.envelope();
        envelope = compile(registry, whole.id(), whole.document());
        requireSchema(whole);
        for (Contract contract : catalog.contracts()) {
            requireSchema(contract);
            ContractId id = contract.id();
            types.computeIfAbsent(id.eventType(), type -> new TreeMap<>())
                    .put(id.version(), compile(registry, id, catalog.composed(id)));
        }
    }

    public boolean has(String eventType) {
        return types.containsKey(eventType);
    }

    /// The same contracts, for a quick yes.
    public AcceptRules acceptRules() {
        return acceptRules;
    }

    CompiledContract envelope() {
        return envelope;
    }

    Optional<CompiledContract> latest(String eventType) {
        NavigableMap<SchemaVer, CompiledContract> versions = types.get(eventType);
        return versions == null ? Optional.empty() : Optional.of(versions.lastEntry().getValue());
    }

    Optional<CompiledContract> find(String eventType, SchemaVer version) {
        return Optional.ofNullable(
                types.getOrDefault(eventType, Collections.emptyNavigableMap()).get(version));
    }

    /// The versions there are of a type, oldest first.
    Set<SchemaVer> versions(String eventType) {
        return types.getOrDefault(eventType, Collections.emptyNavigableMap()).navigableKeySet();
    }

    private static void requireSchema(Contract contract) {
        List<Error> errors = META_SCHEMA.validate(contract.document());
        if (!errors.isEmpty()) {
            throw new InvalidContract(
                    contract.id().toString(),
                    "is no JSON Schema at " + errors.getFirst().getInstanceLocation());
        }
    }

    private static CompiledContract compile(
            SchemaRegistry registry, ContractId id, JsonNode document) {
        try {
            Schema schema = registry.getSchema(document);
            schema.initializeValidators();
            return new CompiledContract(id.toString(), id.version().toString(), document, schema);
        } catch (SchemaException e) {
            throw new InvalidContract(id.toString(), "is no JSON Schema: " + e.getMessage());
        }
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .failFast(true)
                        .preloadSchema(true)
                        .build();
        return SchemaRegistry.withDialect(
                dialect(), registry -> registry.schemaRegistryConfig(config));
    }

    /// JSON Schema 2020-12 in which `x-` keywords say something to others, not to the check.
    private static Dialect dialect() {
        KeywordFactory unknown = UnknownKeywordFactory.getInstance();
        return Dialect.builder(Dialects.getDraft202012())
                .unknownKeywordFactory(
                        (name, context) ->
                                name.startsWith("x-")
                                        ? new NonValidationKeyword(name)
                                        : unknown.getKeyword(name, context))
                .build();
    }
}
