package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// One HTTP answer: a JSON object, always.
///
/// @param body a JSON object in UTF-8
/// @param headers besides those that describe the body
record Answer(int status, byte[] body, Map<String, String> headers) {

    Answer {
        headers = Map.copyOf(headers);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Answer(status, body, more);
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
