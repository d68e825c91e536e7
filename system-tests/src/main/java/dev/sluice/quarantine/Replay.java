package dev.sluice.quarantine;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.runtime.publish.Keyed;
import dev.sluice.runtime.publish.StreamPublisher;
import dev.sluice.runtime.stream.HashKey;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Sends events of the quarantine through the line again: mended if they were mended, as they came
/// if not, with the receipt they had, and only if they would not be refused again.
public final class Replay {

    private static final String NO_RECEIPT = "there is no receipt; only whole events can be sent";

    private final Quarantine quarantine;
    private final Verdicts verdicts;
    private final ReplayMarks marks;
    private final StreamPublisher<SectionedEvent> raw;

    /// @param raw the stream that the collector puts events on
    public Replay(
            Quarantine quarantine,
            Verdicts verdicts,
            Connection warehouse,
            StreamPublisher<SectionedEvent> raw) {
        this.quarantine = quarantine;
        this.verdicts = verdicts;
        this.marks = new ReplayMarks(warehouse);
        this.raw = raw;
    }

    /// What became of the records.
    ///
    /// @param sent events
    /// @param underWay records that were sent a while ago, or have left the quarantine meanwhile
    /// @param refused how many would be refused again, by the reason
    public record Outcome(int sent, int underWay, Map<String, Integer> refused) {

        public int refusals() {
            return refused.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /// Returns when the stream has every event that was sent. If it throws, the stream may have
    /// some all the same; all may be sent again, for the validator knows copies.
    ///
    /// @param resendAfter how long a record that was sent is left to arrive
    /// @throws dev.sluice.runtime.failure.TransientFailure if the stream does not have all of them
    public Outcome send(List<QuarantineRecord> records, Duration resendAfter) throws SQLException {
        Map<String, Integer> refused = new TreeMap<>();
        Map<String, Keyed<SectionedEvent>> events = new HashMap<>();
        List<QuarantineRecord> good = new ArrayList<>();
        for (QuarantineRecord record : records) {
            Receipt receipt = record.receipt();
            if (receipt == null) {
                refused.merge(NO_RECEIPT, 1, Integer::sum);
                continue;
            }
            byte[] body = quarantine.mended(record).orElseGet(() -> quarantine.original(record));
            Optional<String> refusal = verdicts.refusal(receipt, body);
            if (refusal.isPresent()) {
                refused.merge(refusal.get(), 1, Integer::sum);
            } else {
                good.add(record);
                events.put(record.quarantineId(), event(receipt, body));
            }
        }
        List<QuarantineRecord> claimed = marks.claim(good, resendAfter);
        try {
            raw.publish(
                    claimed.stream()
                            .map(each -> Objects.requireNonNull(events.get(each.quarantineId())))
                            .toList());
        } catch (RuntimeException e) {
            marks.giveBack(claimed);
            throw e;
        }
        return new Outcome(claimed.size(), good.size() - claimed.size(), refused);
    }

    private static Keyed<SectionedEvent> event(Receipt receipt, byte[] body) {
        return new Keyed<>(
                HashKey.of(receipt.partitionKey()),
                SectionedEvent.received(receipt.withoutRefusal().encode(), Bytes.of(body)));
    }
}
