package dev.sluice.validator.process;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.validator.process.accept.AcceptedEvent;
import dev.sluice.validator.process.body.BodyFacts;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.body.ParsedBody;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.contract.ContractVerdict;
import dev.sluice.validator.process.sender.SenderAddress;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.time.EventTime;
import dev.sluice.validator.process.type.EventTypeNames;

import java.util.Optional;

/// The check of one event: refusal at the door, size, JSON, type, contract, time. The first
/// step that refuses it decides. Same event, same verdict. An event that plainly keeps its
/// contract needs no tree.
public final class EventCheck {

    private final int maxEventBytes;
    private final BodyParser parser;
    private final EventTypeNames names;
    private final ContractCheck contracts;
    private final EventClock clock;

    /// @param maxEventBytes of all sections together; below what one frame can hold, or a valid
    ///     event could never be sent on
    public EventCheck(
            int maxEventBytes,
            BodyParser parser,
            EventTypeNames names,
            ContractCheck contracts,
            EventClock clock) {
        this.maxEventBytes = maxEventBytes;
        this.parser = parser;
        this.names = names;
        this.contracts = contracts;
        this.clock = clock;
    }

    EventVerdict check(Receipt receipt, SectionedEvent event) {
        if (receipt.refusal() != null) {
            return EventVerdict.Refused.before(receipt.refusal());
        }
        if (event.size() > maxEventBytes) {
            return EventVerdict.Refused.before(
                    new Rejection.TooLarge(
                            "event of %d bytes; the limit is %d"
                                    .formatted(event.size(), maxEventBytes)));
        }
        Optional<AcceptedEvent> accepted =
                contracts.acceptRules().read(receipt.tenantId(), event.body(), names);
        if (accepted.isPresent()) {
            AcceptedEvent plain = accepted.get();
            Kind kind = new Kind(plain.type(), plain.name(), plain.version());
            return timed(receipt, event, plain.facts(), kind);
        }
        return switch (parser.parse(event.body())) {
            case ParsedBody.Unreadable unreadable ->
                    EventVerdict.Refused.before(new Rejection.Malformed(unreadable.why()));
            case ParsedBody.Event body -> typed(receipt, event, body);
        };
    }

    private EventVerdict typed(Receipt receipt, SectionedEvent event, ParsedBody.Event body) {
        String name = body.text("event_type");
        if (name == null || name.isBlank()) {
            return EventVerdict.Refused.before(
                    new Rejection.Malformed("event_type is missing or no text"));
        }
        String type = names.resolve(receipt.tenantId(), name);
        return switch (contracts.check(receipt.tenantId(), type, body)) {
            case ContractVerdict.Broken broken ->
                    new EventVerdict.Refused(broken.rejection(), type, broken.contract());
            case ContractVerdict.Kept kept -> {
                Kind kind = new Kind(type, name, kept.schemaVersion());
                yield timed(receipt, event, body.facts(), kind);
            }
        };
    }

    private EventVerdict timed(Receipt receipt, SectionedEvent event, BodyFacts body, Kind kind) {
        EventTime time = clock.at(receipt.receivedTs(), body.eventTs(), body.sentTs());
        return switch (time) {
            case EventTime.Impossible impossible ->
                    new EventVerdict.Refused(
                            new Rejection.BadTime(impossible.why()), kind.type(), kind.contract());
            case EventTime.Known known -> {
                CheckedFacts facts = facts(receipt, body, kind, known);
                yield new EventVerdict.Valid(
                        event.withChecked(facts.encode()), kind.type(), kind.version(), body);
            }
        };
    }

    private static CheckedFacts facts(
            Receipt receipt, BodyFacts body, Kind kind, EventTime.Known time) {
        String userAgent = body.userAgent();
        return new CheckedFacts(
                kind.type(),
                kind.name().equals(kind.type()) ? null : kind.name(),
                kind.version(),
                time.eventTs(),
                time.clientEventTs(),
                time.sentTs(),
                body.anonymousId(),
                body.userId(),
                body.sessionId(),
                SenderAddress.choose(body.ip(), receipt.ip()),
                userAgent == null ? receipt.userAgent() : userAgent);
    }

    /// @param name that the sender gave the type
    /// @param version of the contract that the event keeps
    private record Kind(String type, String name, String version) {
        String contract() {
            return type + '/' + version;
        }
    }
}
