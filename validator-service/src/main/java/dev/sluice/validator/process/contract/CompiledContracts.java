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

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.ContractId;
import dev.sluice.contracts.schema.InvalidContract;
import dev.sluice.contracts.schema.SchemaVer;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.accept.AcceptRules;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Every contract of a catalog, compiled once: one schema for each type and version, chosen by a
/// look-up, since one schema of all types costs a quarter more for each event. Immutable.
public final class CompiledContracts {

    private static final Schema META_SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));

    private final CompiledContract envelope;
    private final AcceptRules acceptRules;
    private final ByEventType<NavigableMap<SchemaVer, CompiledContract>> types;
    private final Map<TenantId, UnknownTypes> policies;

    /// @throws InvalidContract if a contract is no valid JSON Schema
    public CompiledContracts(ContractCatalog catalog) {
        SchemaRegistry registry = registry();
        acceptRules = new AcceptRules(catalog);
        policies = catalog.policies();
        Contract whole = catalog.envelope();
        envelope = compile(registry, whole.id(), whole.document());
        requireSchema(whole);
        types = catalog.byEventType().map(versions -> compile(registry, catalog, versions));
    }

    /// Whether there is a contract for what the tenant calls so.
    public boolean has(TenantId tenant, String eventType) {
        return types.find(tenant, eventType) != null;
    }

    /// The same contracts, for a quick yes.
    public AcceptRules acceptRules() {
        return acceptRules;
    }

    CompiledContract envelope() {
        return envelope;
    }

    /// The contracts of what the tenant calls so, oldest first; not empty, but null if there are
    /// none.
    @Nullable NavigableMap<SchemaVer, CompiledContract> versions(
            TenantId tenant, String eventType) {
        return types.find(tenant, eventType);
    }

    /// @param otherwise for a tenant that does not say
    UnknownTypes unknownTypes(TenantId tenant, UnknownTypes otherwise) {
        return policies.getOrDefault(tenant, otherwise);
    }

    private static NavigableMap<SchemaVer, CompiledContract> compile(
            SchemaRegistry registry, ContractCatalog catalog, List<Contract> versions) {
        NavigableMap<SchemaVer, CompiledContract> compiled = new TreeMap<>();
        for (Contract contract : versions) {
            requireSchema(contract);
            ContractId id = contract.id();
            compiled.put(id.version(), compile(registry, id, catalog.composed(id)));
        }
        return compiled;
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
            return new CompiledContract(
                    id.withinTenant(), id.version().toString(), document, schema);
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
