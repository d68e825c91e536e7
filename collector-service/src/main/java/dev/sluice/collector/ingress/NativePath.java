package dev.sluice.collector.ingress;

import dev.sluice.collector.CollectOutcome;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.CollectRequest;
import dev.sluice.collector.process.door.Origin;

import jakarta.servlet.http.HttpServletRequest;

import java.time.Duration;

/// `POST /v1/events`: our own API, which answers for each event.
public final class NativePath implements EventPath {

    private final Gate gate;
    private final BodyReader bodies;
    private final Admission admission;
    private final CollectPipeline pipeline;
    private final Visitors visitors;
    private final Duration retryAfter;

    /// @param retryAfter what a client is told when the stream cannot take its events
    public NativePath(
            Gate gate,
            BodyReader bodies,
            Admission admission,
            CollectPipeline pipeline,
            Visitors visitors,
            Duration retryAfter) {
        this.gate = gate;
        this.bodies = bodies;
        this.admission = admission;
        this.pipeline = pipeline;
        this.visitors = visitors;
        this.retryAfter = retryAfter;
    }

    @Override
    public String protocol() {
        return "native";
    }

    @Override
    public String allowed() {
        return "POST, OPTIONS";
    }

    @Override
    public Answer answer(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException {
        admission.ask();
        Gate.Pass pass = gate.pass(request);
        BodyReader.Coded coded = bodies.receive(request, memory);
        try (Admission.Turn turn = admission.enter()) {
            Answer answer = answer(request, pass, bodies.decode(coded, memory));
            turn.answered();
            return answer;
        }
    }

    private Answer answer(HttpServletRequest request, Gate.Pass pass, Body body)
            throws RequestRefusedException {
        gate.paced(pass.producer(), body);
        return gate.signed(pass.producer(), request, body, () -> collect(request, pass, body));
    }

    @Override
    public Answer unavailable() {
        return Answers.unavailable(
                "the events are not stored; send them again later with the same ids", retryAfter);
    }

    private Answer collect(HttpServletRequest request, Gate.Pass pass, Body body) {
        if (body.length() == 0) {
            return Answers.error(400, "empty_body", "the body is empty; send JSON events in it");
        }
        Origin origin = visitors.origin(request, pass.producer());
        return visitors.remember(request, origin, answer(body, pass, origin));
    }

    private Answer answer(Body body, Gate.Pass pass, Origin origin) {
        CollectRequest request =
                new CollectRequest(body.bytes(), body.length(), pass.form(), origin);
        return switch (pipeline.collect(request)) {
            case CollectOutcome.Stored stored -> {
                gate.held(pass.producer(), stored.batch().received());
                yield Answers.stored(stored.batch());
            }
            case CollectOutcome.NothingGood none -> Answers.nothingGood(none.batch());
            case CollectOutcome.NoEvents() ->
                    Answers.error(400, "no_events", "there is no event in the body");
            case CollectOutcome.Unreadable unreadable -> Answers.unreadable(unreadable.why());
            case CollectOutcome.TooMany many -> Answers.tooMany(many.maxEvents());
        };
    }
}
