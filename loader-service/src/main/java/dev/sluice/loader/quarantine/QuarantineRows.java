package dev.sluice.loader.quarantine;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;
import dev.sluice.contracts.table.ColumnType;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.ColumnText;
import dev.sluice.loader.process.Row;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// The rows of `quarantined_events`. What is too long for its column is cut there, and whole in the
/// object that the row names; so is an original with what is personal in it.
public final class QuarantineRows {

    /// The stage of records that are not of events, but of what follows from events: the books do
    /// not count them.
    public static final String DERIVED = "loader-derived";

    /// In a row of a record that was dropped.
    public static final String NO_OBJECT = "";

    private static final int VARCHAR = ColumnType.Varchar.MAX_BYTES;

    private record Refused(QuarantineRecord record, SentFacts facts, String objectKey) {}

    private record Field(
            String name,
            ColumnType type,
            boolean notNull,
            Function<Refused, @Nullable Object> value) {}

    private static final List<Field> FIELDS =
            List.of(
                    text("quarantine_id", 512, true, of(QuarantineRecord::quarantineId)),
                    text("stage", 16, true, of(QuarantineRecord::stage)),
                    text("reason", 32, true, refused -> refused.record.reason().code()),
                    text("message", 8192, true, of(QuarantineRecord::message)),
                    new Field(
                            "violations",
                            new ColumnType.Super(),
                            false,
                            refused -> violations(refused.record.violations())),
                    text("event_id", 64, false, of(QuarantineRecord::eventId)),
                    text("tenant_id", 64, false, of(QuarantineRecord::tenantId)),
                    text("source_id", 64, false, of(QuarantineRecord::sourceId)),
                    text("event_type", 256, false, of(QuarantineRecord::eventType)),
                    text("contract", 128, false, of(QuarantineRecord::contract)),
                    time("received_ts", QuarantineRecord::receivedTs),
                    time("quarantined_ts", QuarantineRecord::quarantinedTs),
                    text("anonymous_id", 256, false, refused -> refused.facts.anonymousId()),
                    text("user_id", 256, false, refused -> refused.facts.userId()),
                    text("sdk_name", 256, false, refused -> refused.facts.sdkName()),
                    text("sdk_version", 64, false, refused -> refused.facts.sdkVersion()),
                    text("user_agent", 1024, false, refused -> userAgent(refused.record)),
                    new Field(
                            "original",
                            new ColumnType.Varchar(VARCHAR),
                            false,
                            refused -> original(refused.record)),
                    text("object_key", 1024, true, Refused::objectKey));

    /// Of the files that hold such rows.
    public static final FileLayout LAYOUT =
            new FileLayout(
                    FIELDS.stream()
                            .map(
                                    field ->
                                            new Column(
                                                    field.name,
                                                    field.type,
                                                    field.notNull,
                                                    new ColumnSource.Warehouse()))
                            .toList());

    private QuarantineRows() {}

    /// @param objectKey of the object that holds the record
    public static Row row(QuarantineRecord refused, String objectKey) {
        Refused all = new Refused(refused, SentFacts.of(refused.original()), objectKey);
        @Nullable Object[] values = new Object[FIELDS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = FIELDS.get(i).value.apply(all);
        }
        Instant at = refused.quarantinedTs();
        return new Row(
                values,
                ChronoUnit.HOURS.between(Instant.EPOCH, at),
                micros(at),
                micros(refused.receivedTs()));
    }

    /// What is left of a record whose subject was erased: which it was, whose, and when. Its row
    /// names no object.
    public static Row suppressed(QuarantineRecord refused) {
        String tenant = Objects.requireNonNull(refused.tenantId(), "whose it was");
        Instant at = refused.quarantinedTs();
        Map<String, @Nullable Object> left =
                Map.of(
                        "quarantine_id", utf8(refused.quarantineId()),
                        "stage", utf8(refused.stage()),
                        "reason", utf8(refused.reason().code()),
                        "message", utf8("suppressed"),
                        "tenant_id", utf8(tenant),
                        "received_ts", micros(refused.receivedTs()),
                        "quarantined_ts", micros(at),
                        "object_key", utf8(NO_OBJECT));
        return new Row(
                FIELDS.stream().map(field -> left.get(field.name)).toArray(),
                ChronoUnit.HOURS.between(Instant.EPOCH, at),
                micros(at),
                micros(refused.receivedTs()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Function<Refused, @Nullable String> of(
            Function<QuarantineRecord, @Nullable String> value) {
        return refused -> value.apply(refused.record);
    }

    private static byte @Nullable [] original(QuarantineRecord refused) {
        byte @Nullable [] whole = ColumnText.whole(refused.original(), VARCHAR);
        return whole == null ? null : ScrubbedOriginal.of(whole, VARCHAR);
    }

    private static @Nullable String userAgent(QuarantineRecord refused) {
        Receipt receipt = refused.receipt();
        return receipt == null ? null : receipt.userAgent();
    }

    private static Field text(
            String name, int bytes, boolean notNull, Function<Refused, @Nullable String> value) {
        return new Field(
                name,
                new ColumnType.Varchar(bytes),
                notNull,
                refused -> ColumnText.cut(value.apply(refused), bytes));
    }

    private static Field time(String name, Function<QuarantineRecord, Instant> value) {
        return new Field(
                name,
                new ColumnType.Timestamp(),
                true,
                refused -> micros(value.apply(refused.record)));
    }

    /// As many as the column has room for.
    private static byte[] violations(List<Violation> violations) {
        List<Violation> those = new ArrayList<>(violations);
        byte[] json = ColumnText.json(those);
        while (json.length > VARCHAR) {
            those = those.subList(0, those.size() / 2);
            json = ColumnText.json(those);
        }
        return json;
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
