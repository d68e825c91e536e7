package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Map;

/// `GET /openapi.yaml`: the native API as an OpenAPI 3.1 document.
public final class OpenApiServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    private static final String ALLOWED = "GET, HEAD, OPTIONS";

    private final transient Answer document =
            new Answer(
                    200,
                    "application/yaml",
                    content(),
                    Map.of("Cache-Control", "public, max-age=3600"));

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer =
                switch (request.getMethod()) {
                    case "GET", "HEAD" -> document;
                    case "OPTIONS" -> Answers.empty().with("Allow", ALLOWED);
                    default -> Answers.methodNotAllowed(request.getMethod(), ALLOWED);
                };
        answer.writeTo(response);
    }

    private static byte[] content() {
        try (InputStream in = OpenApiServlet.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("openapi.yaml is not among the resources");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.yaml cannot be read", e);
        }
    }
}
