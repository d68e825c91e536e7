package dev.sluice.loader.sink.http;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLHandshakeException;

/// Where a sink listens. Never tries again: that is for whoever holds the rows. Thread-safe.
public final class SinkEndpoint implements AutoCloseable {

    private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(10);

    private final String base;
    private final Authorization authorization;
    private final Duration timeout;
    private final HttpClient client;

    /// @param base `http` or `https` and a host, without a path at the end
    /// @param timeout for the answer to one request
    /// @param trusted certificates in PEM; those that Java trusts when null
    public SinkEndpoint(
            URI base, Authorization authorization, Duration timeout, @Nullable Path trusted) {
        this.base = base.toString().replaceAll("/+$", "");
        this.authorization = authorization;
        this.timeout = timeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(
                                timeout.compareTo(MOST_TO_CONNECT) < 0 ? timeout : MOST_TO_CONNECT);
        if (trusted != null) {
            builder.sslContext(TrustedCertificates.of(trusted));
        }
        this.client = builder.build();
    }

    /// @param path from the root, with its query
    /// @return the reply, whatever its status
    /// @throws TransientFailure if there is none; it may have been carried out
    /// @throws SetupFailure if the other end is not to be trusted
    public HttpReply send(String method, String path, String contentType, byte[] body) {
        URI uri = URI.create(base + path);
        Map<String, String> headers = Map.of("Content-Type", contentType);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(timeout)
                        .method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        authorization.headers(method, uri, headers, body).forEach(request::setHeader);
        String name = method + " " + base + uri.getPath();
        try {
            HttpResponse<byte[]> response =
                    client.send(request.build(), BodyHandlers.ofByteArray());
            return new HttpReply(name, response.statusCode(), response.headers(), response.body());
        } catch (SSLHandshakeException e) {
            throw new SetupFailure(name + ": its certificate is not trusted", e);
        } catch (IOException e) {
            throw new TransientFailure(
                    "no answer to " + name + ": " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("interrupted in " + name, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
