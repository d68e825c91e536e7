package dev.sluice.collector.ingress;

import dev.sluice.collector.CollectOutcome;
import dev.sluice.collector.CollectPipeline;
import dev.sluice.collector.CollectRequest;
import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.process.door.Origin;
import dev.sluice.runtime.failure.OutcomeUnknown;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// `POST /v1/events`, the native path. A plain servlet, because the dispatcher would cost a seventh
/// of the throughput.
public final class EventsServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(EventsServlet.class);
    private static final String ALLOWED = "POST, OPTIONS";

    private final transient Gate gate;
    private final transient BodyReader bodies;
    private final transient BytesInFlight inFlight;
    private final transient CollectPipeline pipeline;
    private final transient RequestMetrics metrics;
    private final transient InstantSource clock;
    private final Duration retryAfter;

    /// @param retryAfter what a client is told when the stream cannot take its events
    public EventsServlet(
            Gate gate,
            BodyReader bodies,
            BytesInFlight inFlight,
            CollectPipeline pipeline,
            RequestMetrics metrics,
            InstantSource clock,
            Duration retryAfter) {
        this.gate = gate;
        this.bodies = bodies;
        this.inFlight = inFlight;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.clock = clock;
        this.retryAfter = retryAfter;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long start = System.nanoTime();
        Answer answer =
                switch (request.getMethod()) {
                    case "POST" -> post(request);
                    case "OPTIONS" -> Answers.empty().with("Allow", ALLOWED);
                    default -> Answers.methodNotAllowed(request.getMethod(), ALLOWED);
                };
        answer.writeTo(response);
        metrics.answered(answer.status(), Duration.ofNanos(System.nanoTime() - start));
    }

    private Answer post(HttpServletRequest request) {
        try (BytesInFlight.Share memory = inFlight.open()) {
            Gate.Pass pass = gate.pass(request);
            Body body = bodies.read(request, memory);
            return collect(pass, body);
        } catch (RequestRefusedException refused) {
            return refused.answer();
        } catch (TransientFailure | SetupFailure | OutcomeUnknown failure) {
            LOG.debug("answering 503: {}", failure.getMessage());
            return Answers.unavailable(
                    "the events are not stored; send them again later with the same ids",
                    retryAfter);
        } catch (RuntimeException failure) {
            LOG.error("answering 500 to {}", request.getRequestURI(), failure);
            return Answers.error(500, "internal", "the events are not stored; send them again");
        }
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
        return answer(body, pass.form(), origin);
    }

    private Answer answer(Body body, BodyForm form, Origin origin) {
        CollectRequest request = new CollectRequest(body.bytes(), body.length(), form, origin);
        return switch (pipeline.collect(request)) {
            case CollectOutcome.Stored stored -> Answers.stored(stored.batch());
            case CollectOutcome.NothingGood none -> Answers.nothingGood(none.batch());
            case CollectOutcome.NoEvents() ->
                    Answers.error(400, "no_events", "there is no event in the body");
            case CollectOutcome.Unreadable unreadable -> Answers.unreadable(unreadable.why());
            case CollectOutcome.TooMany many ->
                    Answers.error(
                            413,
                            "too_many_events",
                            "a request may hold " + many.maxEvents() + " events at most");
        };
    }
}
