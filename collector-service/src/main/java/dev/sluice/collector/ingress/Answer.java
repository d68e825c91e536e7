package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// One HTTP answer: a JSON object, except where an image element asked.
///
/// @param headers besides those that describe the body
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {

    /// The smallest transparent GIF.
    private static final byte[] PIXEL =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    Answer {
        headers = Map.copyOf(headers);
    }

    /// @param json an object, in UTF-8
    static Answer json(int status, byte[] json) {
        return new Answer(status, "application/json", json, Map.of());
    }

    Answer as(int otherStatus) {
        return new Answer(otherStatus, contentType, body, headers);
    }

    Answer asPixel() {
        return new Answer(status, "image/gif", PIXEL, headers).with("Cache-Control", "no-store");
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, more);
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType(contentType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
