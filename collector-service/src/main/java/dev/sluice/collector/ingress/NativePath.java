package dev.sluice.collector.ingress;

import dev.sluice.collector.CollectOutcome;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.CollectRequest;
import dev.sluice.collector.process.door.Origin;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// `POST /v1/events`: our own API, which answers for each event.
public final class NativePath implements EventPath {

    private final Gate gate;
    private final BodyReader bodies;
    private final CollectPipeline pipeline;
    private final InstantSource clock;
    private final Duration retryAfter;

    /// @param retryAfter what a client is told when the stream cannot take its events
    public NativePath(
            Gate gate,
            BodyReader bodies,
            CollectPipeline pipeline,
            InstantSource clock,
            Duration retryAfter) {
        this.gate = gate;
        this.bodies = bodies;
        this.pipeline = pipeline;
        this.clock = clock;
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
        Gate.Pass pass = gate.pass(request);
        Body body = bodies.read(request, memory);
        gate.paced(pass.producer(), body);
        gate.signed(pass.producer(), request, body);
        @Nullable Answer answer = null;
        try {
            answer = collect(pass, body);
            return answer;
        } finally {
            if (answer == null || answer.status() >= 429) {
                gate.unsigned(pass.producer(), request);
            }
        }
    }

    @Override
    public Answer unavailable() {
        return Answers.unavailable(
                "the events are not stored; send them again later with the same ids", retryAfter);
    }

    private Answer collect(Gate.Pass pass, Body body) {
        if (body.length() == 0) {
            return Answers.error(400, "empty_body", "the body is empty; send JSON events in it");
        }
        Origin origin =
                new Origin(
                        pass.producer().tenantId(),
                        pass.producer().sourceId(),
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        pass.ip(),
                        pass.userAgent());
        return answer(body, pass, origin);
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
