package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletRequest;

/// Our own API once more, at a path that nobody else knows and before a stream that keeps nothing;
/// after the rehearsal nothing is there. Thread-safe.
public final class RehearsalPath implements EventPath {

    private final NativePath path;
    private volatile boolean over;

    public RehearsalPath(NativePath path) {
        this.path = path;
    }

    /// From now on nothing is here.
    public void end() {
        over = true;
    }

    @Override
    public String protocol() {
        return path.protocol();
    }

    @Override
    public String allowed() {
        return path.allowed();
    }

    @Override
    public Answer answer(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException {
        return over ? ErrorServlet.answer(404) : path.answer(request, memory);
    }

    @Override
    public Answer unavailable() {
        return path.unavailable();
    }
}
