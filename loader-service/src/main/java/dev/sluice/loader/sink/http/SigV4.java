package dev.sluice.loader.sink.http;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Signature Version 4, as Amazon OpenSearch Service asks for.
///
/// @param service `es`, or `aoss` for serverless collections
public record SigV4(AwsCredentialsProvider credentials, String region, String service, Clock clock)
        implements Authorization {

    /// Headers that the HTTP client writes itself, the same.
    private static final Set<String> OF_THE_CLIENT = Set.of("host", "content-length");

    @Override
    public Map<String, String> headers(
            String method, URI uri, Map<String, String> headers, byte[] body) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(method)).uri(uri);
        headers.forEach(request::putHeader);
        SdkHttpRequest signed =
                AwsV4HttpSigner.create()
                        .sign(
                                sign ->
                                        sign.identity(credentials.resolveCredentials())
                                                .request(request.build())
                                                .payload(ContentStreamProvider.fromByteArray(body))
                                                .putProperty(
                                                        AwsV4HttpSigner.SERVICE_SIGNING_NAME,
                                                        service)
                                                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                                                .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                        .request();
        Map<String, String> all = new HashMap<>();
        signed.headers().forEach((name, values) -> all.put(name, String.join(",", values)));
        all.keySet()
                .removeIf(
                        name ->
                                headers.containsKey(name)
                                        || OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT)));
        return all;
    }
}
