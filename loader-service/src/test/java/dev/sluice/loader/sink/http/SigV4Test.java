package dev.sluice.loader.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature that arrives is the one that AWS reckons from what arrives, by its description of
/// Signature Version 4.
class SigV4Test {

    private static final String SCOPE = "20261121/eu-central-1/es/aws4_request";

    @Test
    void signsWhatArrives() throws GeneralSecurityException {
        SigV4 authorization =
                new SigV4(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKID", "hush")),
                        "eu-central-1",
                        "es",
                        Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC));
        try (HttpStub stub = new HttpStub(_ -> new HttpStub.Reply(200, ""));
                SinkEndpoint endpoint =
                        new SinkEndpoint(stub.uri(), authorization, Duration.ofSeconds(10), null)) {
            endpoint.send(
                    "POST",
                    "/_bulk?filter_path=errors",
                    "application/x-ndjson",
                    "{}\n".getBytes(StandardCharsets.UTF_8));

            HttpStub.Request request = stub.requests.getFirst();
            String proof = request.header("Authorization");
            String signed = proof.replaceAll(".*SignedHeaders=([^,]+),.*", "$1");
            assertThat(proof).startsWith("AWS4-HMAC-SHA256 Credential=AKID/" + SCOPE);
            assertThat(signed.split(";")).contains("host", "x-amz-date", "content-type");
            assertThat(proof).endsWith("Signature=" + signature(request, signed));
        }
    }

    private static String signature(HttpStub.Request request, String signed)
            throws GeneralSecurityException {
        String headers =
                Arrays.stream(signed.split(";"))
                        .map(name -> name + ":" + request.header(capitalized(name)) + "\n")
                        .collect(Collectors.joining());
        String canonical =
                String.join(
                        "\n",
                        "POST",
                        "/_bulk",
                        "filter_path=errors",
                        headers,
                        signed,
                        hash(request.body()));
        String text =
                "AWS4-HMAC-SHA256\n20261121T100000Z\n"
                        + SCOPE
                        + "\n"
                        + hash(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = "AWS4hush".getBytes(StandardCharsets.UTF_8);
        for (String part : SCOPE.split("/")) {
            key = mac(key, part);
        }
        return HexFormat.of().formatHex(mac(key, text));
    }

    /// As the server's own map of headers has them.
    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String hash(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
