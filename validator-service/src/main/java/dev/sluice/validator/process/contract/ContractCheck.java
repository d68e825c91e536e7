package dev.sluice.validator.process.contract;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.schema.ContractId;
import dev.sluice.contracts.schema.SchemaVer;
import dev.sluice.validator.process.accept.AcceptRules;
import dev.sluice.validator.process.body.ParsedBody;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Holds an event against its contract: the version it names in `schema_version`, else the latest.
public final class ContractCheck {

    private static final String VERSION_FIELD = "schema_version";
    private static final String VERSION_POINTER = "/" + VERSION_FIELD;

    private final Supplier<CompiledContracts> current;
    private final UnknownTypePolicy unknownTypes;

    /// @param current the contracts as of now; an event is held against those of one moment
    public ContractCheck(Supplier<CompiledContracts> current, UnknownTypePolicy unknownTypes) {
        this.current = current;
        this.unknownTypes = unknownTypes;
    }

    /// The contracts as of now, for a quick yes.
    public AcceptRules acceptRules() {
        return current.get().acceptRules();
    }

    public ContractVerdict check(TenantId tenant, String eventType, ParsedBody.Event body) {
        CompiledContracts contracts = current.get();
        if (!contracts.has(eventType)) {
            return switch (unknownTypes.of(tenant)) {
                case QUARANTINE -> unknown(eventType);
                case ACCEPT ->
                        ContractId.isEventType(eventType)
                                ? compare(contracts.envelope(), body)
                                : unknown(eventType);
            };
        }
        JsonNode pinned = body.root().path(VERSION_FIELD);
        if (pinned.isMissingNode() || pinned.isNull()) {
            return compare(contracts.latest(eventType).orElseThrow(), body);
        }
        if (!pinned.isString()) {
            return noSuchVersion(eventType, contracts);
        }
        return version(pinned.stringValue())
                .flatMap(version -> contracts.find(eventType, version))
                .map(contract -> compare(contract, body))
                .orElseGet(() -> noSuchVersion(eventType, contracts));
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

    private static ContractVerdict noSuchVersion(String eventType, CompiledContracts contracts) {
        Violation violation =
                new Violation(VERSION_POINTER, "must be one of " + contracts.versions(eventType));
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
