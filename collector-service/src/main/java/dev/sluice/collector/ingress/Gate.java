package dev.sluice.collector.ingress;

import dev.sluice.collector.process.body.BodyForm;
import dev.sluice.collector.producers.Producer;
import dev.sluice.collector.producers.ProducerDirectory;
import dev.sluice.collector.producers.RateLimits;
import dev.sluice.collector.producers.Signatures;
import dev.sluice.collector.producers.SigningSecret;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What can be decided from a request's head, before a byte of its body is read. Thread-safe.
public final class Gate {

    private final ProducerDirectory keys;
    private final Signatures signatures;
    private final RateLimits limits;

    public Gate(ProducerDirectory keys, Signatures signatures, RateLimits limits) {
        this.keys = keys;
        this.signatures = signatures;
        this.limits = limits;
    }

    /// A request that may go on.
    record Pass(Producer producer, BodyForm form) {}

    Pass pass(HttpServletRequest request) throws RequestRefusedException {
        Producer producer = producer(request, "native", null);
        BodyForm form =
                ContentTypes.form(request.getContentType()).orElseThrow(Gate::unsupportedType);
        return new Pass(producer, form);
    }

    /// @param keyInBody where the protocol has its key there
    Producer producer(HttpServletRequest request, String protocol, @Nullable String keyInBody)
            throws RequestRefusedException {
        String key =
                PresentedKey.of(request)
                        .or(() -> Optional.ofNullable(keyInBody))
                        .orElseThrow(
                                () ->
                                        unauthorized(
                                                "no_write_key",
                                                "there is no write key; send it as "
                                                        + PresentedKey.PLACES));
        Producer producer =
                keys.find(key)
                        .orElseThrow(
                                () ->
                                        unauthorized(
                                                "unknown_write_key", "the write key is unknown"));
        if (!producer.speaks(protocol)) {
            throw forbidden("protocol_not_allowed", "the write key is not meant for " + protocol);
        }
        if (!producer.allowsOrigin(request.getHeader("Origin"))) {
            throw forbidden("origin_not_allowed", "the write key is not meant for this origin");
        }
        return producer;
    }

    /// What may be done with the events of a request.
    @FunctionalInterface
    interface Work {

        /// @throws RuntimeException if the events are not stored
        Answer answer();
    }

    /// Does the work of a request that is signed, if its producer signs. If that fails, the same
    /// request may come again as it was.
    Answer signed(Producer producer, HttpServletRequest request, Body body, Work work)
            throws RequestRefusedException {
        SigningSecret secret = producer.signing();
        if (secret == null) {
            return work.answer();
        }
        Signatures.Presented presented =
                new Signatures.Presented(
                        request.getHeader("X-Sluice-Timestamp"),
                        request.getHeader("X-Sluice-Nonce"),
                        request.getHeader("X-Sluice-Signature"));
        Signatures.Verdict verdict =
                signatures.check(
                        producer.tenantId(), secret, presented, body.sent(), body.sentLength());
        if (verdict != Signatures.Verdict.GOOD) {
            throw new RequestRefusedException(Answers.badSignature(verdict));
        }
        try {
            return work.answer();
        } catch (RuntimeException notStored) {
            signatures.release(producer.tenantId(), Objects.requireNonNull(presented.nonce()));
            throw notStored;
        }
    }

    /// Lets a request pass whose producer has not sent too much lately.
    void paced(Producer producer, Body body) throws RequestRefusedException {
        Duration wait = limits.take(producer, body.length());
        if (!wait.isZero()) {
            throw new RequestRefusedException(Answers.rateLimited(wait));
        }
    }

    private static RequestRefusedException unauthorized(String code, String message) {
        return new RequestRefusedException(
                Answers.error(401, code, message)
                        .with("WWW-Authenticate", "Bearer realm=\"sluice\""));
    }

    /// A request that was let pass turned out to hold so many events.
    void held(Producer producer, int events) {
        limits.held(producer, events);
    }

    private static RequestRefusedException forbidden(String code, String message) {
        return new RequestRefusedException(Answers.error(403, code, message));
    }

    private static RequestRefusedException unsupportedType() {
        return new RequestRefusedException(
                Answers.error(
                        415,
                        "unsupported_content_type",
                        "this content type cannot be events; accepted are "
                                + ContentTypes.ACCEPTED));
    }
}
