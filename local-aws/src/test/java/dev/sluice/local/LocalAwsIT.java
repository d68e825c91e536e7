package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

class LocalAwsIT {
    private static final String VARIABLE = "[A-Z0-9_]+=\\S+";

    @TempDir Path data;

    @Test
    void keepsWhatEveryServiceAcknowledgedAcrossARestart() throws Exception {
        var config = LocalAwsConfig.in(data).withBucket(UseOfEveryService.BUCKET);
        try (var aws = LocalAws.start(config);
                var use = UseOfEveryService.of(aws.endpoints())) {
            use.writeAll();
            use.requireAll();
            assertThat(aws.kinesis().endpoint()).isEqualTo(aws.endpoints().kinesis());
            assertThat(aws.dynamodb().endpoint()).isEqualTo(aws.endpoints().dynamodb());
            assertThat(aws.s3().endpoint()).isEqualTo(aws.endpoints().s3());
            assertThat(aws.redshift().jdbcUrl()).isEqualTo(aws.endpoints().jdbcUrl());
            assertThat(aws.eventbridge().endpoint()).isEqualTo(aws.endpoints().eventbridge());
        }
        assertThat(Postmasters.below(data)).isEmpty();
        try (var aws = LocalAws.start(config);
                var use = UseOfEveryService.of(aws.endpoints())) {
            use.requireAll();
            assertThat(use.copyAgain()).isEqualTo(2 * UseOfEveryService.ROWS.size());
        }
    }

    @Test
    void closesWhatAServiceNeedsAfterIt() {
        var log = new ArrayList<String>();
        var starters = recording(new ArrayList<>());
        starters.put(
                LocalService.REDSHIFT,
                context ->
                        new StartedService(
                                () -> log.add("server"), () -> log.add("client"), e -> e));

        LocalAws.start(all(), starters).close();

        assertThat(log).containsExactly("server", "client");
    }

    @Test
    void saysWhichServiceWasNotStarted() {
        try (var aws = LocalAws.start(LocalAwsConfig.in(data).withServices(LocalService.S3))) {
            assertThat(aws.endpoints().environment())
                    .containsKey("AWS_ENDPOINT_URL_S3")
                    .doesNotContainKey("AWS_ENDPOINT_URL_DYNAMODB");
            assertThatIllegalStateException()
                    .isThrownBy(() -> aws.endpoints().dynamodb())
                    .withMessageContaining("dynamodb");
            assertThatIllegalStateException()
                    .isThrownBy(aws::dynamodb)
                    .withMessageContaining("dynamodb");
        }
    }

    @Test
    void closesTheOthersWhenOneDoesNotStart() {
        var log = new ArrayList<String>();
        var starters = recording(log);
        starters.put(
                LocalService.S3,
                context -> {
                    throw new IOException("no room");
                });

        assertThatIllegalStateException()
                .isThrownBy(() -> LocalAws.start(all(), starters))
                .withMessageContaining("s3")
                .withCauseInstanceOf(IOException.class);
        assertThat(log).containsExactly("eventbridge", "redshift", "dynamodb", "kinesis");
    }

    @Test
    void closesInReverseOrderAndOnlyOnce() {
        var log = new ArrayList<String>();
        var aws = LocalAws.start(all(), recording(log));

        aws.close();
        aws.close();

        assertThat(log).containsExactly("eventbridge", "redshift", "s3", "dynamodb", "kinesis");
    }

    @Test
    void closesTheOthersWhenOneDoesNotClose() {
        var log = new ArrayList<String>();
        var starters = recording(log);
        starters.put(
                LocalService.S3,
                context ->
                        new StartedService(
                                () -> {
                                    throw new IOException("stuck");
                                },
                                e -> e));
        var aws = LocalAws.start(all(), starters);

        assertThatIllegalStateException().isThrownBy(aws::close).withMessageContaining("s3");
        assertThat(log).containsExactly("eventbridge", "redshift", "dynamodb", "kinesis");
    }

    @Test
    void tellsAServiceWhereS3IsOnceEverythingHasStarted() {
        var contexts = new ArrayList<StartContext>();
        var starters = recording(new ArrayList<>());
        starters.put(
                LocalService.REDSHIFT,
                context -> {
                    contexts.add(context);
                    return new StartedService(() -> {}, e -> e);
                });
        starters.put(
                LocalService.S3,
                context ->
                        new StartedService(
                                () -> {}, e -> e.withS3(URI.create("http://127.0.0.1:9"))));

        try (var aws = LocalAws.start(all(), starters)) {
            assertThat(contexts.getFirst().s3().get()).isEqualTo(aws.endpoints().s3());
        }
    }

    @Test
    void refusesWhatNobodyCanStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalAws.start(all(), Map.of()))
                .withMessageContaining("kinesis");
    }

    @Test
    void printsVariablesServesAndClosesWhenInterrupted() throws Exception {
        String key = "k";
        try (var child = main()) {
            URI endpoint = s3Endpoint(child);
            try (var s3 = LocalClients.s3(endpoint)) {
                s3.putObject(r -> r.bucket("mine").key(key), RequestBody.fromString("v"));
            }
            assertThat(Postmasters.below(data)).hasSize(1);
            assertThat(child.interrupt())
                    .allMatch(line -> line.matches(VARIABLE))
                    .contains("SLUICE_BUCKET=mine")
                    .anyMatch(line -> line.startsWith("SLUICE_JDBC_URL=jdbc:redshift://127.0.0.1"));
            assertThat(Postmasters.below(data)).isEmpty();
            try (var s3 = LocalClients.s3WithoutRetries(endpoint)) {
                assertThatExceptionOfType(SdkClientException.class).isThrownBy(s3::listBuckets);
            }
        }
        try (var child = main();
                var s3 = LocalClients.s3(s3Endpoint(child))) {
            assertThat(s3.getObjectAsBytes(r -> r.bucket("mine").key(key)).asUtf8String())
                    .isEqualTo("v");
        }
        assertThat(Postmasters.below(data)).isEmpty();
    }

    private ChildJvm main() throws IOException {
        return ChildJvm.run(
                LocalAwsMain.class,
                List.of("--data", data.toString(), "--ports", "s3=0", "--bucket", "mine")
                        .toArray(String[]::new));
    }

    private static URI s3Endpoint(ChildJvm child) throws IOException {
        String line = child.nextLine();
        while (!line.startsWith("AWS_ENDPOINT_URL_S3=")) {
            assertThat(line).matches(VARIABLE);
            line = child.nextLine();
        }
        return URI.create(line.substring(line.indexOf('=') + 1));
    }

    private LocalAwsConfig all() {
        return new LocalAwsConfig(data, EnumSet.allOf(LocalService.class), Map.of(), 0, "sluice");
    }

    private static Map<LocalService, ServiceStarter> recording(List<String> closed) {
        var starters = new EnumMap<LocalService, ServiceStarter>(LocalService.class);
        for (LocalService service : LocalService.values()) {
            starters.put(
                    service,
                    context -> new StartedService(() -> closed.add(service.toString()), e -> e));
        }
        return starters;
    }
}
