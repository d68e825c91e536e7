package dev.sluice.loader.process;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.schema.ByEventType;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.EventsTable;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Turns an enriched event into a row of the staging table, checking every value against its
/// column.
public final class RowMapper {

    private static final long MICROS_PER_HOUR = 3_600_000_000L;

    private final List<Column> columns;
    private final Map<EventSection, FieldTree> anyType;
    private final ByEventType<Map<EventSection, FieldTree>> byType;
    private final int eventTs;
    private final int receivedTs;

    public RowMapper(EventsTable table) {
        columns = table.stagingColumns();
        eventTs = index("event_ts");
        receivedTs = index("received_ts");
        anyType = new EnumMap<>(EventSection.class);
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.InEvent in) {
                anyType.computeIfAbsent(
                        in.section(),
                        section -> FieldTree.of(section, columns, RowMapper::isOfEveryType));
            }
        }
        Map<EventTypeId, Map<EventSection, FieldTree>> trees = new HashMap<>();
        for (EventTypeId type : typesWithColumns()) {
            trees.put(type, trees(type));
        }
        byType = new ByEventType<>(trees);
    }

    /// The event as a row, or why it is none.
    ///
    /// @param tenant whose event it is
    public MappedEvent map(TenantId tenant, SectionedEvent event) {
        @Nullable Object[] row = new Object[columns.size()];
        try {
            CheckedFacts facts = CheckedFacts.decode(event.requireChecked());
            String type = facts.eventType();
            Map<EventSection, FieldTree> trees = byType.find(tenant, type);
            for (Map.Entry<EventSection, FieldTree> tree :
                    (trees == null ? anyType : trees).entrySet()) {
                Bytes section = event.section(tree.getKey());
                if (section != null) {
                    SectionReader.read(section, tree.getValue(), row);
                }
            }
            return new MappedEvent.Fits(complete(row), type, facts.schemaVersion());
        } catch (MisfitException e) {
            return new MappedEvent.Refused(e.misfit());
        } catch (JacksonException | IllegalArgumentException | IllegalStateException e) {
            return new MappedEvent.Refused(
                    new Rejection.DecodeFailure("the event cannot be read by the loader"));
        }
    }

    private Row complete(@Nullable Object[] row) throws MisfitException {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null && columns.get(i).notNull()) {
                throw new MisfitException(columns.get(i).name(), "a value is required");
            }
        }
        if (!(row[eventTs] instanceof Long event) || !(row[receivedTs] instanceof Long received)) {
            throw new MisfitException("event_ts", "a value is required");
        }
        return new Row(row, Math.floorDiv(event, MICROS_PER_HOUR), event, received);
    }

    /// Contracts speak of the body alone: all types share the trees of the other sections.
    private Map<EventSection, FieldTree> trees(EventTypeId type) {
        Map<EventSection, FieldTree> trees = new EnumMap<>(anyType);
        trees.put(
                EventSection.BODY,
                FieldTree.of(EventSection.BODY, columns, column -> column.appliesTo(type)));
        return trees;
    }

    private static boolean isOfEveryType(Column column) {
        return column.source() instanceof ColumnSource.InEvent in && in.eventTypes().isEmpty();
    }

    private Set<EventTypeId> typesWithColumns() {
        return columns.stream()
                .flatMap(
                        column ->
                                column.source() instanceof ColumnSource.InEvent in
                                        ? in.eventTypes().stream()
                                        : Stream.empty())
                .collect(Collectors.toSet());
    }

    private int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the table has no column " + name);
    }
}
