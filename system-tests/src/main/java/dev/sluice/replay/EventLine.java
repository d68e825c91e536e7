package dev.sluice.replay;

import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.enricher.EnrichSteps;
import dev.sluice.enricher.process.EnrichedBatch;
import dev.sluice.enricher.process.EnrichedEvent;
import dev.sluice.enricher.process.replay.FreshBatch;
import dev.sluice.loader.publish.EventFiles;
import dev.sluice.validator.ValidateSteps;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.UniqueBatch;
import dev.sluice.validator.process.duplicate.DuplicateFilter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The line from the raw frame to the row for some devices, without the streams between: the
/// validator's steps, the enricher's, the loader's. For one thread.
final class EventLine {

    private final ValidateSteps validate;
    private final DuplicateFilter duplicates;
    private final EnrichSteps enrich;
    private final EventFiles files;
    private final Stage stage;
    private final Predicate<EnrichedEvent> wanted;

    private ItemCounts counts = ItemCounts.NONE;

    /// @param files get the rows
    /// @param stage how far events go
    /// @param wanted which events become rows
    EventLine(LineSteps steps, EventFiles files, Stage stage, Predicate<EnrichedEvent> wanted) {
        this.validate = steps.validate().ofShard();
        this.duplicates = new DuplicateFilter(validate.ids());
        this.enrich = steps.enrich().ofShard();
        this.files = files;
        this.stage = stage;
        this.wanted = wanted;
    }

    /// What became of the events so far, without those of the warm-up.
    ItemCounts counts() {
        return counts;
    }

    /// What a slice came to.
    ///
    /// @param unique events are valid, and the first with their id
    /// @param misfits among them that have no row, by their receipts
    record Outcome(UniqueBatch unique, Map<Receipt, String> misfits) {}

    /// Takes the next events; their order is that of the line.
    ///
    /// @param left that stay as they are
    Outcome take(ReceivedBatch received, int left) {
        UniqueBatch unique = learn(received);
        EnrichedBatch enriched = enrich(unique);
        Map<String, Long> reasons = new TreeMap<>();
        unique.rejected().forEach(each -> reasons.merge(reason(each.quarantined()), 1L, Long::sum));
        Map<Receipt, String> misfits = new java.util.HashMap<>();
        if (enriched != null) {
            for (dev.sluice.enricher.ingress.RejectedEvent each : enriched.rejected()) {
                misfit(each.quarantined().receipt(), reason(each.quarantined()), reasons, misfits);
            }
            if (stage.reaches(Stage.LOAD)) {
                enriched.enriched().stream()
                        .filter(wanted)
                        .forEach(event -> row(event, reasons, misfits));
            }
        }
        count(unique, left, misfits.size(), reasons);
        return new Outcome(unique, misfits);
    }

    /// Takes events for what is remembered of them alone.
    void warm(ReceivedBatch received) {
        enrich(learn(received));
        counts =
                counts.plus(
                        new ItemCounts(
                                0, 0, 0, 0, 0, 0, 0, 0, received.events().size(), 0, Map.of()));
    }

    private UniqueBatch learn(ReceivedBatch received) {
        UniqueBatch unique =
                duplicates.apply(validate.suppression().apply(validate.check().apply(received)));
        duplicates.commit();
        return unique;
    }

    private @Nullable EnrichedBatch enrich(UniqueBatch unique) {
        if (!stage.reaches(Stage.ENRICH)) {
            return null;
        }
        List<dev.sluice.enricher.ingress.ReceivedEvent> events = new ArrayList<>();
        for (CheckedEvent event : unique.unique()) {
            events.add(toEnrich(event));
        }
        EnrichedBatch enriched =
                enrich.enricher()
                        .apply(new FreshBatch(events, List.of(), List.of(), unique.upTo()));
        enrich.sessions().commit();
        return enriched;
    }

    /// The streams between have no part in what an event becomes, but for the time at which it
    /// came to the enricher: that is the one at which the raw stream took it.
    private static dev.sluice.enricher.ingress.ReceivedEvent toEnrich(CheckedEvent checked) {
        ReceivedEvent received = checked.received();
        return new dev.sluice.enricher.ingress.ReceivedEvent(
                received.position(),
                received.record(),
                received.arrivedAt(),
                null,
                checked.key(),
                EventEnvelope.of(checked.event()),
                checked.event());
    }

    private void row(EnrichedEvent event, Map<String, Long> reasons, Map<Receipt, String> misfits) {
        Receipt receipt = event.received().envelope().receipt();
        files.add(receipt.tenantId(), event.event())
                .ifPresent(why -> misfit(receipt, reason(why), reasons, misfits));
    }

    private static void misfit(
            @Nullable Receipt receipt,
            String reason,
            Map<String, Long> reasons,
            Map<Receipt, String> misfits) {
        reasons.merge(reason, 1L, Long::sum);
        if (receipt != null) {
            misfits.put(receipt, reason);
        }
    }

    private void count(UniqueBatch unique, int left, int misfits, Map<String, Long> reasons) {
        List<RejectedEvent> rejected = unique.rejected();
        int valid = unique.unique().size() - misfits;
        int copies = unique.duplicates().size();
        int suppressed = unique.suppressed().size();
        int refused = rejected.size() + misfits;
        counts =
                counts.plus(
                        new ItemCounts(
                                valid + refused + copies + suppressed + left,
                                refused,
                                left,
                                copies,
                                suppressed,
                                valid,
                                0,
                                0,
                                0,
                                0,
                                reasons));
    }

    private static String reason(QuarantineRecord refused) {
        return refused.reason().code();
    }

    private static String reason(Rejection why) {
        return why.reason().code();
    }
}
