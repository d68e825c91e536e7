package dev.sluice.contracts.table;

import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.InvalidContract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The columns of the warehouse's `events` table, in order: those of every event, those the
/// contracts ask for by name, then `context`, `properties` and `loaded_ts`. Parquet is loaded by
/// position, so whoever writes a file and whoever loads it must use the same instance.
public final class EventsTable {

    /// Name of the table.
    public static final String NAME = "events";

    /// Amazon Redshift's limit for one table.
    public static final int MOST_COLUMNS = 1600;

    private final List<Column> columns;
    private final List<Column> stagingColumns;
    private final Map<String, Column> byName = new TreeMap<>();

    private EventsTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.stagingColumns =
                columns.stream()
                        .filter(column -> column.source() instanceof ColumnSource.InEvent)
                        .toList();
        columns.forEach(column -> byName.put(column.name(), column));
    }

    /// The table for all versions of all contracts of a catalog.
    ///
    /// @throws InvalidContract when a column's name or type is wrong, two contracts mean
    ///     different things by it, or all together want more columns than a table can have
    public static EventsTable of(ContractCatalog catalog) {
        List<Column> all = new ArrayList<>(BaseColumns.BEFORE_CONTRACTS);
        List<Column> base =
                Stream.of(BaseColumns.BEFORE_CONTRACTS, BaseColumns.AFTER_CONTRACTS)
                        .flatMap(List::stream)
                        .toList();
        ContractColumns asked =
                new ContractColumns(base.stream().map(Column::name).collect(Collectors.toSet()));
        for (Contract contract : catalog.contracts()) {
            asked.add(contract);
        }
        all.addAll(asked.columns());
        all.addAll(BaseColumns.AFTER_CONTRACTS);
        if (all.size() > MOST_COLUMNS) {
            throw new InvalidContract(
                    NAME,
                    "would have %d columns, the limit is %d; leave out x-column where few query it"
                            .formatted(all.size(), MOST_COLUMNS));
        }
        return new EventsTable(all);
    }

    /// The table for the contracts this library brings along.
    public static EventsTable bundled() {
        return of(ContractCatalog.bundled());
    }

    /// All columns, in the order of the table.
    public List<Column> columns() {
        return columns;
    }

    /// All but those the warehouse sets, in the order of the Parquet file and of the COPY.
    public List<Column> stagingColumns() {
        return stagingColumns;
    }

    /// The column of this name.
    public Optional<Column> column(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
