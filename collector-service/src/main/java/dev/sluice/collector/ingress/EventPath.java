package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletRequest;

/// What takes events of one protocol. Thread-safe.
public interface EventPath {

    /// The protocol's name in metrics and in the settings of producers.
    String protocol();

    /// The methods that are understood, as in the header `Allow`.
    String allowed();

    /// @param memory holds what is read of the request until it is answered
    /// @throws RequestRefusedException with the answer, if the request goes no further
    Answer answer(HttpServletRequest request, BytesInFlight.Share memory)
            throws RequestRefusedException;

    /// The events could not be stored now; their sender has to keep them.
    Answer unavailable();
}
