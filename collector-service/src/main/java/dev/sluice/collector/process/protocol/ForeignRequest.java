package dev.sluice.collector.process.protocol;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/// A request as a protocol sees it.
///
/// @param path without the query and without a slash at its end
/// @param query decoded; of two parameters with one name the first
/// @param headers by lower-case name; credentials and cookies are not among them
/// @param body decompressed; the first `length` bytes count
public record ForeignRequest(
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        int length) {

    public ForeignRequest {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /// The last part of the path.
    public String call() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /// Nothing of the content.
    @Override
    public String toString() {
        return "ForeignRequest[" + path + ", " + length + " bytes]";
    }
}
