package dev.sluice.loader.layout;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.process.RowMapper;

import java.util.HashSet;
import java.util.Set;

/// How events become rows under the contracts of one moment. Immutable.
///
/// @param mapper makes rows of the layout
/// @param layout of the files that hold them
/// @param contracts that are in it, `page_view/1-0-0`
public record EventRows(RowMapper mapper, FileLayout layout, Set<String> contracts) {

    public EventRows {
        contracts = Set.copyOf(contracts);
    }

    /// @throws dev.sluice.contracts.schema.InvalidContract if two contracts mean different
    ///     things by
    ///     a column
    public static EventRows of(ContractCatalog catalog) {
        EventsTable table = EventsTable.of(catalog);
        Set<String> contracts = new HashSet<>();
        for (Contract contract : catalog.contracts()) {
            contracts.add(contract.id().toString());
        }
        return new EventRows(new RowMapper(table), FileLayout.of(table), contracts);
    }

    /// Whether the columns of an event's contract are in the layout.
    ///
    /// @param contract such as `page_view/1-0-0`
    public boolean knows(String contract) {
        return contracts.contains(contract);
    }
}
