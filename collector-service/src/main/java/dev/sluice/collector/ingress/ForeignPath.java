package dev.sluice.collector.ingress;

import dev.sluice.collector.CollectOutcome;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.process.body.EventFields;
import dev.sluice.collector.process.body.ForeignEvents;
import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.door.AdmittedBatch;
import dev.sluice.collector.process.door.Origin;
import dev.sluice.collector.process.protocol.Protocol;
import dev.sluice.collector.producers.Producer;
import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.rejection.Rejection;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The paths of another vendor's SDKs. None of them reads why an event was refused, so a bad event
/// is stored for the quarantine, alone in its request or not, and the answer is 200.
public final class ForeignPath implements EventPath {

    private static final int MAX_KEPT_BYTES = 64 << 10;

    private final Manners manners;
    private final Protocol protocol;
    private final Gate gate;
    private final BodyReader bodies;
    private final Admission admission;
    private final CollectPipeline pipeline;
    private final Visitors visitors;
    private final Duration retryAfter;

    public ForeignPath(
            Manners manners,
            Protocol protocol,
            Gate gate,
            BodyReader bodies,
            Admission admission,
            CollectPipeline pipeline,
            Visitors visitors,
            Duration retryAfter) {
        this.manners = manners;
        this.protocol = protocol;
        this.gate = gate;
        this.bodies = bodies;
        this.admission = admission;
        this.pipeline = pipeline;
        this.visitors = visitors;
        this.retryAfter = retryAfter;
    }

    @Override
    public String protocol() {
        return manners.protocol();
    }

    @Override
    public String allowed() {
        return "GET, POST, OPTIONS";
    }

    @Override
    public Answer answer(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException {
        try {
            Answer answer = manners.of(collect(request, memory));
            return answer.status() == 200 && ForeignRequests.wantsImage(request)
                    ? answer.asPixel()
                    : answer;
        } catch (RequestRefusedException refused) {
            throw new RequestRefusedException(manners.of(refused.answer()));
        }
    }

    @Override
    public Answer unavailable() {
        return Answers.unavailable(
                "the events are not stored; send them again later with the same ids", retryAfter);
    }

    private Answer collect(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException {
        admission.ask();
        // where the head has a key nothing is read of a stranger
        @Nullable Producer known =
                PresentedKey.of(request).isPresent()
                        ? gate.producer(request, protocol(), null)
                        : null;
        BodyReader.Coded coded;
        try {
            coded = bodies.receive(request, memory);
        } catch (RequestRefusedException refused) {
            return unreadable(request, known, refused);
        }
        try (Admission.Turn turn = admission.enter()) {
            Answer answer = collect(request, known, coded, memory);
            turn.answered();
            return answer;
        }
    }

    private Answer collect(
            HttpServletRequest request,
            @Nullable Producer known,
            BodyReader.Coded coded,
            BytesInFlight.Share memory)
            throws RequestRefusedException {
        Body body;
        try {
            body = bodies.decode(coded, memory);
        } catch (RequestRefusedException refused) {
            return unreadable(request, known, refused);
        }
        return collect(request, known, body);
    }

    private Answer collect(HttpServletRequest request, @Nullable Producer known, Body body)
            throws RequestRefusedException {
        ForeignEvents events = protocol.read(ForeignRequests.of(request, body));
        if (known == null && isNothing(events)) {
            return Answers.success(); // what an SDK measured of itself comes without a key
        }
        Producer producer =
                known == null ? gate.producer(request, protocol(), events.writeKey()) : known;
        gate.paced(producer, body);
        return gate.signed(
                producer,
                request,
                body,
                () -> {
                    Origin origin = visitors.foreignOrigin(request, producer);
                    Answer answer = collect(events.body(), body, origin);
                    if (events.body() instanceof SplitBody.Elements elements) {
                        gate.held(producer, elements.events().size());
                    }
                    return visitors.remember(request, origin, answer);
                });
    }

    private static boolean isNothing(ForeignEvents events) {
        return events.writeKey() == null
                && events.body() instanceof SplitBody.Elements elements
                && elements.events().isEmpty();
    }

    private Answer collect(SplitBody events, Body body, Origin origin) {
        return switch (events) {
            case SplitBody.Elements elements -> stored(elements.events(), origin);
            case SplitBody.Unreadable why when manners.quarantinesRequests() ->
                    quarantined(body, new Rejection.Malformed(why.message()), origin);
            case SplitBody.TooMany many when manners.quarantinesRequests() ->
                    quarantined(
                            body,
                            new Rejection.TooLarge(
                                    "the request holds more than " + many.maxEvents() + " events"),
                            origin);
            case SplitBody.Unreadable why -> Answers.unreadable(why);
            case SplitBody.TooMany many -> Answers.tooMany(many.maxEvents());
        };
    }

    private Answer stored(List<ReadEvent> events, Origin origin) {
        return switch (pipeline.keep(events, origin)) {
            case CollectOutcome.Stored stored -> told(stored.batch());
            case CollectOutcome.NoEvents() -> Answers.success();
            case CollectOutcome.NothingGood none -> told(none.batch());
            case CollectOutcome.Unreadable unreadable -> Answers.unreadable(unreadable.why());
            case CollectOutcome.TooMany many -> Answers.tooMany(many.maxEvents());
        };
    }

    private Answer told(AdmittedBatch batch) {
        return manners == Manners.POSTHOG_V1 ? Answers.posthog(batch) : Answers.success(batch);
    }

    /// A body that is too large or ill-coded was not read to its end; that it came is kept.
    private Answer unreadable(
            HttpServletRequest request, @Nullable Producer known, RequestRefusedException refused)
            throws RequestRefusedException {
        int status = refused.answer().status();
        if (known == null || !manners.quarantinesRequests() || status >= 500 || status == 408) {
            throw refused;
        }
        Rejection why =
                status == 413
                        ? new Rejection.TooLarge("the body of the request is too large")
                        : new Rejection.Malformed("the body of the request cannot be decoded");
        return quarantined(new Body(new byte[0], 0), why, visitors.foreignOrigin(request, known));
    }

    private Answer quarantined(Body body, Rejection why, Origin origin) {
        Bytes kept = new Bytes(body.bytes(), 0, Math.min(body.length(), MAX_KEPT_BYTES));
        return stored(List.of(new ReadEvent(kept, EventFields.NONE, why)), origin);
    }
}
