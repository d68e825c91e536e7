package dev.sluice.collector.ingress;

import dev.sluice.collector.process.body.BodyForm;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What can be decided from a request's head, before a byte of its body is read. Thread-safe.
public final class Gate {

    private static final int MAX_USER_AGENT_BYTES = 1024;

    private final WriteKeys keys;
    private final ClientAddress addresses;

    public Gate(WriteKeys keys, ClientAddress addresses) {
        this.keys = keys;
        this.addresses = addresses;
    }

    /// A request that may go on.
    record Pass(Producer producer, BodyForm form, String ip, @Nullable String userAgent) {}

    Pass pass(HttpServletRequest request) throws RequestRefusedException {
        Producer producer = producer(request, "native", null);
        BodyForm form =
                ContentTypes.form(request.getContentType()).orElseThrow(Gate::unsupportedType);
        return new Pass(producer, form, address(request), userAgent(request));
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
        return keys.find(key)
                .orElseThrow(() -> unauthorized("unknown_write_key", "the write key is unknown"));
    }

    /// The sender's address.
    String address(HttpServletRequest request) {
        return addresses.of(request);
    }

    static @Nullable String userAgent(HttpServletRequest request) {
        return cut(request.getHeader("User-Agent"));
    }

    /// The container reads headers as ISO 8859-1: a character is two bytes of UTF-8 at most.
    private static @Nullable String cut(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int bytes = 0;
        for (int at = 0; at < header.length(); at++) {
            bytes += header.charAt(at) < 0x80 ? 1 : 2;
            if (bytes > MAX_USER_AGENT_BYTES) {
                return header.substring(0, at);
            }
        }
        return header;
    }

    private static RequestRefusedException unauthorized(String code, String message) {
        return new RequestRefusedException(
                Answers.error(401, code, message)
                        .with("WWW-Authenticate", "Bearer realm=\"sluice\""));
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
