package dev.sluice.loader.sink;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.table.Column;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.Row;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Rows for the tests of sinks.
public final class SinkFixtures {

    private static final EventRows ROWS = Fixtures.eventRows().get();

    /// An event of a chatbot with a value of most types.
    public static final String MESSAGE =
            """
            {"properties":{"response_text":"my secret is \\"42\\"","intent":"track_order",\
            "model_id":"m-1","latency_ms":120,"cost":0.00012345}}""";

    private SinkFixtures() {}

    /// A page view of the tenant acme.
    public static SinkRow pageView(String eventId) {
        return row(Fixtures.pageView(eventId));
    }

    /// A page view that was enriched again.
    public static SinkRow pageView(String eventId, String enriched) {
        return row(Fixtures.event(eventId, "page_view", Duration.ofSeconds(1), "{}", enriched));
    }

    /// What the event is to a sink.
    public static SinkRow row(SectionedEvent event) {
        Receipt receipt = Receipt.decode(event.receipt());
        if (!(ROWS.mapper().map(receipt.tenantId(), event)
                instanceof MappedEvent.Fits(Row row, var _, var _))) {
            throw new IllegalArgumentException("the event does not fit the table");
        }
        List<String> names = ROWS.layout().columns().stream().map(Column::name).toList();
        Object enriched = row.values()[names.indexOf("enriched_ts")];
        return new SinkRow(
                new QuarantineId("sluice-enriched", "shardId-000000000000", "1", 0),
                receipt,
                CheckedFacts.decode(event.requireChecked()),
                row,
                ROWS.layout(),
                enriched instanceof Long micros ? micros : row.receivedMicros());
    }

    /// When the row was enriched, as events write it.
    static String enriched(SinkRow row) {
        return Timestamps.format(Instant.EPOCH.plus(row.version(), ChronoUnit.MICROS));
    }
}
