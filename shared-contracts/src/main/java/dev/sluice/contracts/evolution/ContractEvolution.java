package dev.sluice.contracts.evolution;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.InvalidContract;
import dev.sluice.contracts.schema.PiiClass;
import dev.sluice.contracts.schema.SchemaVer;
import dev.sluice.contracts.table.EventsTable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Holds every version of every contract against the versions before it, after the rules of
/// Snowplow's SchemaVer: a version must not say less than what changed in it.
///
/// The rules, by what a change does to readers and senders of the version before:
///
/// | change | needs |
/// |---|---|
/// | an optional property, or a column, more | addition |
/// | a wider bound, type or enumeration; no longer required | revision |
/// | personal data better protected | revision |
/// | a property or column removed; another type or column | model |
/// | newly required; anything narrower | model |
/// | personal data protected less than in any version before | is refused |
/// | two contracts that mean different things by a column | is refused |
public final class ContractEvolution {

    private ContractEvolution() {}

    /// What forbids to use these contracts together; empty when nothing does.
    public static List<Problem> check(ContractCatalog catalog) {
        List<Problem> problems = new ArrayList<>();
        history(catalog.envelopes(), problems);
        for (EventTypeId type : catalog.types()) {
            history(catalog.versions(type), problems);
        }
        try {
            EventsTable.of(catalog);
        } catch (InvalidContract clash) {
            problems.add(new Problem("columns", String.valueOf(clash.getMessage())));
        }
        return problems;
    }

    /// What is different from one version to another, in the order of the newer document.
    public static List<Change> changes(Contract older, Contract newer) {
        return SchemaDiff.between(older, newer);
    }

    private static void history(List<Contract> versions, List<Problem> problems) {
        Map<String, Contract> strictest = new HashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            Contract contract = versions.get(i);
            Contract before = i == 0 ? null : versions.get(i - 1);
            if (before != null) {
                understated(before, contract, problems);
            }
            misdated(before, contract, problems);
            weakened(contract, strictest, problems);
        }
    }

    private static void understated(Contract older, Contract newer, List<Problem> problems) {
        SchemaVer before = older.id().version();
        ChangeLevel said = ChangeLevel.between(before, newer.id().version());
        for (Change change : changes(older, newer)) {
            if (change.level().compareTo(said) > 0) {
                problems.add(
                        problem(
                                newer,
                                "%s; after %s that needs version %s"
                                        .formatted(change, before, change.level().after(before))));
            }
        }
    }

    /// A field says in which version it came, and goes on saying so.
    private static void misdated(
            @Nullable Contract before, Contract contract, List<Problem> problems) {
        SchemaVer version = contract.id().version();
        for (Map.Entry<String, SchemaVer> field : sorted(contract.since())) {
            SchemaVer said = field.getValue();
            SchemaVer since =
                    before == null ? said : before.since().getOrDefault(field.getKey(), version);
            SchemaVer right = since.compareTo(version) > 0 ? version : since;
            if (!said.equals(right)) {
                problems.add(
                        problem(
                                contract,
                                "%s has x-since %s; write %s"
                                        .formatted(field.getKey(), said, right)));
            }
        }
    }

    /// @param strictest the contract that protected a field most so far, by the field's pointer
    private static void weakened(
            Contract contract, Map<String, Contract> strictest, List<Problem> problems) {
        for (Map.Entry<String, PiiClass> field : sorted(contract.piiClasses())) {
            PiiClass now = field.getValue();
            Contract before = strictest.getOrDefault(field.getKey(), contract);
            PiiClass then = before.piiClasses().getOrDefault(field.getKey(), now);
            if (now.compareTo(then) >= 0) {
                strictest.put(field.getKey(), contract);
                continue;
            }
            problems.add(
                    problem(
                            contract,
                            "%s has x-pii %s, but %s in %s; personal data is never protected less"
                                    .formatted(
                                            field.getKey(),
                                            now.text(),
                                            then.text(),
                                            before.id().version())));
        }
    }

    private static <V> Set<Map.Entry<String, V>> sorted(Map<String, V> byPointer) {
        return new TreeMap<>(byPointer).entrySet();
    }

    private static Problem problem(Contract contract, String text) {
        return new Problem(contract.id().toString(), text);
    }
}
