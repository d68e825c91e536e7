package dev.sluice.validator.process;

import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.validator.ingress.QuarantineRecords;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.ingress.RejectedEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/// Sorts the events of a slice into valid ones and refused ones.
public final class BatchCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCheck.class);

    private final EventCheck check;

    public BatchCheck(EventCheck check) {
        this.check = check;
    }

    public CheckedBatch apply(ReceivedBatch received) {
        List<CheckedEvent> valid = new ArrayList<>(received.events().size());
        List<RejectedEvent> rejected = new ArrayList<>(received.rejected());
        for (ReceivedEvent event : received.events()) {
            switch (verdict(event)) {
                case EventVerdict.Valid accepted -> valid.add(valid(event, accepted));
                case EventVerdict.Refused(var why, var type, var contract) ->
                        rejected.add(
                                new RejectedEvent(
                                        event.record(),
                                        QuarantineRecords.event(event, why, type, contract)));
            }
        }
        return new CheckedBatch(valid, rejected, received.upTo());
    }

    private static CheckedEvent valid(ReceivedEvent event, EventVerdict.Valid accepted) {
        return new CheckedEvent(
                event,
                HashKey.of(event.receipt().partitionKey()),
                accepted.event(),
                accepted.eventType(),
                accepted.version(),
                accepted.body());
    }

    /// A fault in the check itself must not stop a shard at one event for ever: the event goes to
    /// the quarantine, from where it can be sent again once the fault is mended. The exception's
    /// message may quote the event, so only its kind and place are told.
    private EventVerdict verdict(ReceivedEvent event) {
        try {
            return check.check(event.receipt(), event.event());
        } catch (RuntimeException e) {
            StackTraceElement[] trace = e.getStackTrace();
            LOG.error(
                    "the check of event {} failed: {} at {}",
                    event.position(),
                    e.getClass().getName(),
                    trace.length == 0 ? "an unknown place" : trace[0]);
            return EventVerdict.Refused.before(
                    new Rejection.DecodeFailure("the check failed: " + e.getClass().getName()));
        }
    }
}
