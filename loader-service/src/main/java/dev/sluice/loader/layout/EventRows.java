package dev.sluice.loader.layout;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.loader.process.RowMapper;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// How events become rows under the contracts of one moment. Immutable.
///
/// @param mapper makes rows of the layout
/// @param layout of the files that hold them
/// @param versions of the contracts that are in it
public record EventRows(RowMapper mapper, FileLayout layout, ByEventType<Set<String>> versions) {

    /// @throws dev.sluice.contracts.schema.InvalidContract if two contracts mean different
    ///     things by a column
    public static EventRows of(ContractCatalog catalog) {
        EventsTable table = EventsTable.of(catalog);
        return new EventRows(
                new RowMapper(table),
                FileLayout.of(table),
                catalog.byEventType().map(EventRows::versions));
    }

    /// Whether the columns of an event's contract are in the layout.
    public boolean knows(TenantId tenant, String eventType, String schemaVersion) {
        Set<String> known = versions.find(tenant, eventType);
        return known != null && known.contains(schemaVersion);
    }

    private static Set<String> versions(List<Contract> contracts) {
        return contracts.stream()
                .map(contract -> contract.id().version().toString())
                .collect(Collectors.toUnmodifiableSet());
    }
}
