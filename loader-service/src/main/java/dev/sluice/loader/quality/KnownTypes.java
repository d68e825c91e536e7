package dev.sluice.loader.quality;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.Owner;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the contracts of one moment say of event types. Immutable.
public final class KnownTypes {

    /// Every event may have them, and reports count by them.
    private static final List<String> IDS = List.of("anonymous_id", "user_id", "session_id");

    private final ByEventType<List<Contract>> types;
    private final List<Column> contractColumns;

    /// @throws dev.sluice.contracts.schema.InvalidContract if two contracts mean different things
    ///     by a column
    public KnownTypes(ContractCatalog catalog) {
        types = catalog.byEventType();
        contractColumns =
                EventsTable.of(catalog).stagingColumns().stream()
                        .filter(KnownTypes::isOfSomeTypes)
                        .toList();
    }

    /// Whether the type has a contract.
    boolean has(TypeOfTenant type) {
        return contract(type).isPresent();
    }

    /// Who answers for events of the type.
    Optional<Owner> owner(TypeOfTenant type) {
        return contract(type).map(Contract::owner);
    }

    /// The columns whose presence is watched: ids, and what contracts have columns for.
    List<String> fields() {
        return Stream.concat(IDS.stream(), contractColumns.stream().map(Column::name)).toList();
    }

    /// Those of them that events of the type may fill; none if it has no contract.
    Set<String> fields(TypeOfTenant type) {
        return contract(type)
                .map(contract -> contract.id().type())
                .map(
                        id ->
                                Stream.concat(
                                                IDS.stream(),
                                                contractColumns.stream()
                                                        .filter(column -> column.appliesTo(id))
                                                        .map(Column::name))
                                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /// The newest.
    private Optional<Contract> contract(TypeOfTenant type) {
        if (type.tenant().isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(types.find(new TenantId(type.tenant()), type.eventType()))
                .map(List::getLast);
    }

    private static boolean isOfSomeTypes(Column column) {
        return column.source() instanceof ColumnSource.InEvent in && !in.eventTypes().isEmpty();
    }
}
