package dev.sluice.contracts.table;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractId;
import dev.sluice.contracts.schema.DeclaredColumn;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.InvalidContract;

import tools.jackson.core.JsonPointer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Unites the columns of all contracts. One name is one type at one place; whatever contract, of
/// whatever tenant, asks for it.
final class ContractColumns {

    private record Known(
            ContractId first, ColumnType type, JsonPointer pointer, Set<EventTypeId> types) {}

    private final Set<String> taken;
    private final Map<String, Known> columns = new TreeMap<>();

    ContractColumns(Set<String> taken) {
        this.taken = taken;
    }

    void add(Contract contract) {
        for (DeclaredColumn declared : contract.columns()) {
            add(contract.id(), declared);
        }
    }

    /// Sorted by name.
    List<Column> columns() {
        List<Column> all = new ArrayList<>();
        columns.forEach(
                (name, known) ->
                        all.add(
                                new Column(
                                        name,
                                        known.type(),
                                        false,
                                        new ColumnSource.InEvent(
                                                EventSection.BODY,
                                                known.pointer(),
                                                known.types()))));
        return all;
    }

    private void add(ContractId id, DeclaredColumn declared) {
        String name = declared.name();
        if (taken.contains(name)) {
            throw new InvalidContract(id.toString(), "column " + name + " is one of every event");
        }
        ColumnType type = typeOf(id, declared);
        Known known =
                columns.computeIfAbsent(
                        name, n -> new Known(id, type, declared.pointer(), new TreeSet<>()));
        if (!known.type().equals(type) || !known.pointer().equals(declared.pointer())) {
            throw new InvalidContract(
                    id.toString(),
                    "column %s is %s at %s, but %s at %s in %s"
                            .formatted(
                                    name,
                                    type.sql(),
                                    declared.pointer(),
                                    known.type().sql(),
                                    known.pointer(),
                                    known.first()));
        }
        known.types().add(id.type());
    }

    private static ColumnType typeOf(ContractId id, DeclaredColumn declared) {
        try {
            ColumnType type = ColumnType.parse(declared.type());
            return new Column(declared.name(), type, false, new ColumnSource.Warehouse()).type();
        } catch (IllegalArgumentException e) {
            throw new InvalidContract(
                    id.toString(), "x-column of " + declared.pointer() + ": " + e.getMessage());
        }
    }
}
