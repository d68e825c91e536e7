package dev.sluice.collector.ingress;

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
import java.util.List;

/// HTTP around one {@link EventPath}. A plain servlet, because the dispatcher would cost a seventh
/// of the throughput.
public final class EventPathServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(EventPathServlet.class);

    private final transient EventPath path;
    private final transient BytesInFlight inFlight;
    private final transient RequestMetrics metrics;
    private final transient List<String> methods;

    public EventPathServlet(EventPath path, BytesInFlight inFlight, RequestMetrics metrics) {
        this.path = path;
        this.inFlight = inFlight;
        this.metrics = metrics;
        methods = List.of(path.allowed().split(", ", -1));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        long start = System.nanoTime();
        Answer answer = answer(request);
        answer.writeTo(response);
        metrics.answered(
                path.protocol(), answer.status(), Duration.ofNanos(System.nanoTime() - start));
    }

    private Answer answer(HttpServletRequest request) {
        String method = request.getMethod();
        if (!methods.contains(method)) {
            return Answers.methodNotAllowed(method, path.allowed());
        }
        return method.equals("OPTIONS")
                ? Answers.empty().with("Allow", path.allowed())
                : events(request);
    }

    private Answer events(HttpServletRequest request) {
        try (BytesInFlight.Share memory = inFlight.open()) {
            return path.answer(request, memory);
        } catch (RequestRefusedException refused) {
            return refused.answer();
        } catch (TransientFailure | SetupFailure | OutcomeUnknown failure) {
            LOG.debug("answering 503: {}", failure.getMessage());
            return path.unavailable();
        } catch (RuntimeException failure) {
            LOG.error("answering 500 to {}", request.getServletPath(), failure);
            return Answers.error(500, "internal", "the events are not stored; send them again");
        }
    }
}
