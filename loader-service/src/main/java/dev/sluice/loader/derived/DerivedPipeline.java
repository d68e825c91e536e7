package dev.sluice.loader.derived;

import dev.sluice.contracts.derived.Derived;
import dev.sluice.contracts.derived.DomainEvent;
import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.process.Row;
import dev.sluice.loader.window.RecordWindow;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.StreamRecord;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// Lines of one shard of the derived stream in; Parquet files of the newest revision of each
/// session and of each link between ids, with their queue entries, out. What is of erased persons
/// is dropped. Keeps no state: the warehouse knows what it has had.
public final class DerivedPipeline implements RecordWindow {

    private record SessionKey(String tenant, String sessionId) {}

    /// @param arrivedAt when the stream took it
    private record Arrived<T>(T derived, Instant arrivedAt) {}

    private final DerivedSteps steps;
    private final SuppressedSubjects suppressed;
    private final int maxLines;

    private final Map<SessionKey, Arrived<SessionChange>> sessions = new LinkedHashMap<>();
    private final Map<IdentityLink, Arrived<IdentityLink>> links = new LinkedHashMap<>();
    private final List<QuarantineRecord> refused = new ArrayList<>();

    private int received;
    private int passedOver;
    private String shard = "";
    private @Nullable SequenceNumber first;
    private @Nullable SequenceNumber last;

    /// @param maxLines at which a window is full
    public DerivedPipeline(DerivedSteps steps, SuppressedSubjects suppressed, int maxLines) {
        this.steps = steps;
        this.suppressed = suppressed;
        this.maxLines = maxLines;
    }

    @Override
    public void add(RecordBatch batch, StreamRecord record) {
        DerivedReader.Lines lines = DerivedReader.read(batch, record);
        received += lines.good().size() + lines.refused().size();
        refused.addAll(lines.refused());
        for (Derived each : lines.good()) {
            keep(each, record.arrivedAt());
        }
        shard = batch.shard().value();
        first = first == null ? record.sequence() : first;
        last = record.sequence();
    }

    @Override
    public boolean hasRoomFor(StreamRecord next) {
        return sessions.size() + links.size() + refused.size() < maxLines;
    }

    @Override
    public boolean isEmpty() {
        return first == null;
    }

    /// What is refused first: it is on its way before its line is acknowledged. Looks at the list
    /// of the erased as late as it can.
    @Override
    public void publish() {
        if (!refused.isEmpty()) {
            steps.quarantine().publish(refused);
        }
        int published =
                publish(DerivedTables.SESSIONS, sessions.values(), suppressed::has)
                        + publish(DerivedTables.IDENTITIES, links.values(), suppressed::has);
        steps.metrics()
                .published(
                        new DerivedMetrics.Tally(
                                received,
                                published,
                                sessions.size() + links.size() - published,
                                refused.size(),
                                passedOver));
        discard();
    }

    @Override
    public void discard() {
        sessions.clear();
        links.clear();
        refused.clear();
        received = 0;
        passedOver = 0;
        first = null;
        last = null;
    }

    private void keep(Derived derived, Instant arrivedAt) {
        switch (derived) {
            case SessionChange session ->
                    sessions.merge(
                            new SessionKey(session.tenantId(), session.sessionId()),
                            new Arrived<>(session, arrivedAt),
                            DerivedPipeline::newest);
            case IdentityLink link -> links.putIfAbsent(link, new Arrived<>(link, arrivedAt));
            case DomainEvent _ -> passedOver++;
        }
    }

    private static Arrived<SessionChange> newest(
            Arrived<SessionChange> one, Arrived<SessionChange> other) {
        return other.derived().revision() > one.derived().revision() ? other : one;
    }

    /// @return how many rows
    private <T> int publish(
            DerivedTable<T> table, Collection<Arrived<T>> arrived, Predicate<T> isErased) {
        List<Row> rows =
                arrived.stream()
                        .filter(each -> !isErased.test(each.derived()))
                        .map(each -> table.row(each.derived(), each.arrivedAt()))
                        .toList();
        if (!rows.isEmpty()) {
            steps.queue().add(steps.files().publish(table, name(), rows));
        }
        return rows.size();
    }

    /// Named by the records that it is made from.
    private String name() {
        return shard + "-" + Objects.requireNonNull(first) + "-" + Objects.requireNonNull(last);
    }
}
