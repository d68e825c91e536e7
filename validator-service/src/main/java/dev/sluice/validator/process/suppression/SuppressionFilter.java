package dev.sluice.validator.process.suppression;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.subject.BodySubjects;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;
import dev.sluice.validator.process.AllowedBatch;
import dev.sluice.validator.process.CheckedBatch;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.SuppressedEvent;

import java.util.ArrayList;
import java.util.List;

/// Drops events of subjects that were erased, valid ones and refused ones: the quarantine is no
/// place for them either. What has no receipt, or no ids that can be read, cannot be told
/// and stays.
public final class SuppressionFilter {

    private final SuppressionCheck check;

    public SuppressionFilter(SuppressionCheck check) {
        this.check = check;
    }

    public AllowedBatch apply(CheckedBatch checked) {
        List<CheckedEvent> valid = new ArrayList<>(checked.valid().size());
        List<RejectedEvent> rejected = new ArrayList<>(checked.rejected().size());
        List<SuppressedEvent> suppressed = new ArrayList<>();
        for (CheckedEvent event : checked.valid()) {
            ReceivedEvent received = event.received();
            Receipt receipt = received.receipt();
            if (check.covers(receipt.tenantId(), receipt.receivedTs(), event.body()::subjects)) {
                suppressed.add(SuppressedEvent.of(received.record(), receipt));
            } else {
                valid.add(event);
            }
        }
        for (RejectedEvent event : checked.rejected()) {
            QuarantineRecord record = event.quarantined();
            Receipt receipt = record.receipt();
            if (receipt != null
                    && check.covers(
                            receipt.tenantId(),
                            receipt.receivedTs(),
                            () -> BodySubjects.of(record.original()))) {
                suppressed.add(SuppressedEvent.of(event.record(), receipt));
            } else {
                rejected.add(event);
            }
        }
        return new AllowedBatch(valid, rejected, suppressed, checked.upTo());
    }
}
