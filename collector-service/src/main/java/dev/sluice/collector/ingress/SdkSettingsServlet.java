package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

import java.io.IOException;
import java.io.Serial;
import java.util.function.Consumer;

/// The documents that browser SDKs fetch before they send anything: Segment's
/// `GET /v1/projects/KEY/settings` and RudderStack's `GET /sourceConfig`. Both say "send here, and
/// nowhere else". They hold nothing that is secret, so no key is checked.
public final class SdkSettingsServlet extends HttpServlet {

    @Serial private static final long serialVersionUID = 1;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String ALLOWED = "GET, OPTIONS";
    private static final int MAX_KEY = 256;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Answer answer =
                switch (request.getMethod()) {
                    case "GET" -> document(request);
                    case "OPTIONS" -> Answers.empty().with("Allow", ALLOWED);
                    default -> Answers.methodNotAllowed(request.getMethod(), ALLOWED);
                };
        answer.writeTo(response);
    }

    private static Answer document(HttpServletRequest request) {
        if (request.getServletPath().startsWith("/sourceConfig")) {
            return PresentedKey.of(request)
                    .map(key -> document(json -> rudderstack(json, request, key)))
                    .orElseGet(() -> Answers.error(401, "no_write_key", "send ?writeKey=KEY"));
        }
        String key = projectKey(request.getPathInfo());
        return key == null
                ? Answers.error(404, "not_found", "try GET /v1/projects/KEY/settings")
                : document(json -> segment(json, request, key));
    }

    private static void segment(JsonGenerator json, HttpServletRequest request, String key) {
        json.writeObjectPropertyStart("integrations");
        json.writeObjectPropertyStart("Segment.io");
        json.writeStringProperty("apiKey", key);
        json.writeStringProperty("apiHost", host(request) + "/v1");
        json.writeStringProperty("protocol", scheme(request));
        json.writeEndObject();
        json.writeEndObject();
        json.writeObjectPropertyStart("plan");
        json.writeObjectPropertyStart("track");
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void rudderstack(JsonGenerator json, HttpServletRequest request, String key) {
        json.writeObjectPropertyStart("source");
        json.writeStringProperty("id", "sluice");
        json.writeStringProperty("name", "sluice");
        json.writeStringProperty("writeKey", key);
        json.writeBooleanProperty("enabled", true);
        json.writeStringProperty("workspaceId", "sluice");
        json.writeStringProperty("dataPlaneUrl", scheme(request) + "://" + host(request));
        json.writeObjectPropertyStart("config");
        json.writeObjectPropertyStart("statsCollection");
        off(json, "errors");
        off(json, "metrics");
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayPropertyStart("destinations");
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void off(JsonGenerator json, String name) {
        json.writeObjectPropertyStart(name);
        json.writeBooleanProperty("enabled", false);
        json.writeEndObject();
    }

    private static Answer document(Consumer<JsonGenerator> members) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(256);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEndObject();
        }
        return Answer.json(200, bytes.toByteArray()).with("Cache-Control", "max-age=60");
    }

    /// `KEY` of `/KEY/settings`.
    private static @Nullable String projectKey(@Nullable String path) {
        if (path == null) {
            return null;
        }
        String[] parts = path.split("/", -1);
        boolean complete =
                (parts.length == 3 || parts.length == 4 && parts[3].isEmpty())
                        && parts[2].equals("settings");
        return complete && !parts[1].isEmpty() && parts[1].length() <= MAX_KEY ? parts[1] : null;
    }

    /// As the browser sees it, before a load balancer.
    private static String scheme(HttpServletRequest request) {
        return "https".equals(request.getHeader("X-Forwarded-Proto"))
                ? "https"
                : request.getScheme();
    }

    private static String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null ? request.getServerName() : host;
    }
}
