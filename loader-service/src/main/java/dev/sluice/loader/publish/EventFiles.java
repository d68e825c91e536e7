package dev.sluice.loader.publish;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.queue.LoadFile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Gathers enriched events as rows and makes files of them, for whoever does so outside of the
/// publish loop. The contracts are those of one moment, so the same events make the same files.
public final class EventFiles {

    private final EventRows rows;
    private final CuratedFiles files;

    private final Map<Long, List<Row>> hours = new TreeMap<>();
    private int gathered;

    public EventFiles(EventRows rows, CuratedFiles files) {
        this.rows = rows;
        this.files = files;
    }

    /// Takes an event, if it fits the table.
    ///
    /// @return why it does not
    public Optional<Rejection> add(TenantId tenant, SectionedEvent event) {
        return switch (rows.mapper().map(tenant, event)) {
            case MappedEvent.Refused(Rejection why) -> Optional.of(why);
            case MappedEvent.Fits(Row row, var _, var _) -> {
                hours.computeIfAbsent(row.eventHour(), _ -> new ArrayList<>()).add(row);
                gathered++;
                yield Optional.empty();
            }
        };
    }

    /// Rows that no file has yet.
    public int rows() {
        return gathered;
    }

    /// Makes files of the rows, one for each hour of events. When it throws, it still holds every
    /// row and may be called again.
    ///
    /// @param window names where the rows come from, and with that the files
    public List<LoadFile> publish(String window) {
        List<LoadFile> published = new ArrayList<>(hours.size());
        hours.forEach(
                (hour, ofHour) ->
                        published.add(
                                files.publish(rows.layout(), new HourRows(hour, ofHour), window)));
        hours.clear();
        gathered = 0;
        return published;
    }
}
