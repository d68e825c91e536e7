package dev.sluice.loader.quality;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.Owner;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the contracts of one moment say of event types. Immutable.
public final class KnownTypes {

    /// Every event may have them, and reports count by them.
    private static final List<String> IDS = List.of("anonymous_id", "user_id", "session_id");

    private final ContractCatalog catalog;
    private final List<Column> contractColumns;

    /// @throws dev.sluice.contracts.schema.InvalidContract if two contracts mean different things
    ///     by a column
    public KnownTypes(ContractCatalog catalog) {
        this.catalog = catalog;
        contractColumns =
                EventsTable.of(catalog).stagingColumns().stream()
                        .filter(KnownTypes::isOfSomeTypes)
                        .toList();
    }

    /// Whether the type has a contract.
    boolean has(String eventType) {
        return owner(eventType).isPresent();
    }

    /// Who answers for events of the type.
    Optional<Owner> owner(String eventType) {
        return catalog.latest(eventType).map(Contract::owner);
    }

    /// The columns whose presence is watched: ids, and what contracts have columns for.
    List<String> fields() {
        return Stream.concat(IDS.stream(), contractColumns.stream().map(Column::name)).toList();
    }

    /// Whether events of the type may fill one of these columns.
    boolean mayHave(String eventType, String field) {
        return IDS.contains(field)
                || contractColumns.stream()
                        .anyMatch(
                                column ->
                                        column.name().equals(field) && column.appliesTo(eventType));
    }

    private static boolean isOfSomeTypes(Column column) {
        return column.source() instanceof ColumnSource.InEvent in && !in.eventTypes().isEmpty();
    }
}
