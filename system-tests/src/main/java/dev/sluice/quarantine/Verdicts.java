package dev.sluice.quarantine;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.process.MappedEvent;
import dev.sluice.loader.process.RowMapper;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.ingress.ReceivedBatch;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.process.BatchCheck;
import dev.sluice.validator.process.CheckedBatch;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.EventCheck;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.time.TimeBounds;
import dev.sluice.validator.process.type.EventTypeNames;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What validator and loader would say of an event, under contracts and policies as they are now.
/// Of a tenant without a policy they would not take what has no contract.
public final class Verdicts {

    private static final QuarantineId NOWHERE = new QuarantineId("none", "none", "0", 0);
    private static final SequenceNumber NO_RECORD = SequenceNumber.of("0");
    private static final int LARGEST_EVENT = 768 << 10;
    private static final TimeBounds TIMES =
            new TimeBounds(Duration.ofHours(24), Duration.ofDays(180));

    private final BatchCheck check;
    private final RowMapper rows;

    public Verdicts(ContractCatalog catalog) {
        CompiledContracts contracts = new CompiledContracts(catalog);
        rows = EventRows.of(catalog).mapper();
        check =
                new BatchCheck(
                        new EventCheck(
                                LARGEST_EVENT,
                                new BodyParser(),
                                new EventTypeNames(contracts::has),
                                new ContractCheck(() -> contracts, UnknownTypes.QUARANTINE),
                                new EventClock(TIMES)));
    }

    /// Why the event would be refused; empty if it would not.
    ///
    /// @param received the receipt it came with; what the door had against it does not count
    public Optional<String> refusal(Receipt received, byte[] body) {
        Receipt receipt = received.withoutRefusal();
        ReceivedEvent event =
                new ReceivedEvent(
                        NOWHERE,
                        NO_RECORD,
                        Instant.EPOCH,
                        receipt,
                        SectionedEvent.received(receipt.encode(), Bytes.of(body)));
        CheckedBatch checked = check.apply(new ReceivedBatch(List.of(event), List.of(), NO_RECORD));
        for (CheckedEvent valid : checked.valid()) {
            return switch (rows.map(receipt.tenantId(), valid.event())) {
                case MappedEvent.Fits _ -> Optional.empty();
                case MappedEvent.Refused(Rejection why) -> Optional.of(why.message());
            };
        }
        return Optional.of(checked.rejected().getFirst().quarantined().message());
    }
}
