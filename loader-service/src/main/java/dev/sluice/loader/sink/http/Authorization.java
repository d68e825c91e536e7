package dev.sluice.loader.sink.http;

import java.net.URI;
import java.util.Map;

/// Proves who asks.
@FunctionalInterface
public interface Authorization {

    /// The headers that prove it for one request.
    Map<String, String> headers(String method, URI uri, Map<String, String> headers, byte[] body);

    /// Nobody in particular.
    static Authorization none() {
        return (_, _, _, _) -> Map.of();
    }

    /// These headers, whatever the request.
    static Authorization fixed(Map<String, String> headers) {
        Map<String, String> always = Map.copyOf(headers);
        return (_, _, _, _) -> always;
    }
}
