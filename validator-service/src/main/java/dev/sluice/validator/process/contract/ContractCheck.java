package dev.sluice.validator.process.contract;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.SchemaVer;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.accept.AcceptRules;
import dev.sluice.validator.process.body.ParsedBody;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Holds an event against its contract: the version it names in `schema_version`, else the latest.
public final class ContractCheck {

    private static final String VERSION_FIELD = "schema_version";
    private static final String VERSION_POINTER = "/" + VERSION_FIELD;

    private final Supplier<CompiledContracts> current;
    private final UnknownTypes otherwise;

    /// @param current the contracts as of now; an event is held against those of one moment
    /// @param otherwise what becomes of events without a contract, of tenants without a policy
    public ContractCheck(Supplier<CompiledContracts> current, UnknownTypes otherwise) {
        this.current = current;
        this.otherwise = otherwise;
    }

    /// The contracts as of now, for a quick yes.
    public AcceptRules acceptRules() {
        return current.get().acceptRules();
    }

    public ContractVerdict check(TenantId tenant, String eventType, ParsedBody.Event body) {
        CompiledContracts contracts = current.get();
        NavigableMap<SchemaVer, CompiledContract> versions = contracts.versions(tenant, eventType);
        if (versions == null) {
            return switch (contracts.unknownTypes(tenant, otherwise)) {
                case QUARANTINE -> unknown(eventType);
                case ACCEPT ->
                        EventTypeId.isEventType(eventType)
                                ? compare(contracts.envelope(), body)
                                : unknown(eventType);
            };
        }
        JsonNode pinned = body.root().path(VERSION_FIELD);
        if (pinned.isMissingNode() || pinned.isNull()) {
            return compare(versions.lastEntry().getValue(), body);
        }
        if (!pinned.isString()) {
            return noSuchVersion(eventType, versions.keySet());
        }
        return version(pinned.stringValue())
                .map(versions::get)
                .map(contract -> compare(contract, body))
                .orElseGet(() -> noSuchVersion(eventType, versions.keySet()));
    }

    private static ContractVerdict compare(CompiledContract contract, ParsedBody.Event body) {
        return contract.accepts(body.root())
                ? new ContractVerdict.Kept(contract.version())
                : new ContractVerdict.Broken(
                        new Rejection.ContractViolation(
                                contract.id(), contract.violations(body.root())),
                        contract.id());
    }

    private static ContractVerdict unknown(String eventType) {
        return new ContractVerdict.Broken(new Rejection.UnknownType(eventType), null);
    }

    private static ContractVerdict noSuchVersion(String eventType, Set<SchemaVer> versions) {
        Violation violation = new Violation(VERSION_POINTER, "must be one of " + versions);
        return new ContractVerdict.Broken(
                new Rejection.ContractViolation(eventType, List.of(violation)), null);
    }

    private static Optional<SchemaVer> version(String text) {
        try {
            return Optional.of(SchemaVer.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
