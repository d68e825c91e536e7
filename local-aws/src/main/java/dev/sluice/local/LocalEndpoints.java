package dev.sluice.local;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// Where the emulators are and what they let in. S3 wants path-style addressing.
///
/// To ask for the endpoint of a service that was not started is an [IllegalStateException].
///
/// @param bucket exists in S3
public record LocalEndpoints(
        String region,
        String accessKey,
        String secretKey,
        @Nullable URI kinesis,
        @Nullable URI dynamodb,
        @Nullable URI s3,
        @Nullable URI eventbridge,
        @Nullable String jdbcUrl,
        @Nullable String jdbcUser,
        @Nullable String jdbcPassword,
        @Nullable URI admin,
        String bucket) {

    static LocalEndpoints none(String bucket) {
        return new LocalEndpoints(
                "eu-west-1",
                "local",
                "local",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                bucket);
    }

    @Override
    public URI kinesis() {
        return started(kinesis, LocalService.KINESIS);
    }

    @Override
    public URI dynamodb() {
        return started(dynamodb, LocalService.DYNAMODB);
    }

    @Override
    public URI s3() {
        return started(s3, LocalService.S3);
    }

    /// `GET events` below it shows what was recorded.
    @Override
    public URI eventbridge() {
        return started(eventbridge, LocalService.EVENTBRIDGE);
    }

    @Override
    public String jdbcUrl() {
        return started(jdbcUrl, LocalService.REDSHIFT);
    }

    @Override
    public String jdbcUser() {
        return started(jdbcUser, LocalService.REDSHIFT);
    }

    @Override
    public String jdbcPassword() {
        return started(jdbcPassword, LocalService.REDSHIFT);
    }

    /// Where faults are switched on and off.
    @Override
    public URI admin() {
        if (admin == null) {
            throw new IllegalStateException("the admin endpoint was not started");
        }
        return admin;
    }

    /// The variables that the AWS SDKs and command line read, and those of the project for what AWS
    /// has no variable for; only for services that were started.
    public Map<String, String> environment() {
        var variables = new TreeMap<String, String>();
        variables.put("AWS_REGION", region);
        variables.put("AWS_ACCESS_KEY_ID", accessKey);
        variables.put("AWS_SECRET_ACCESS_KEY", secretKey);
        put(variables, "AWS_ENDPOINT_URL_KINESIS", kinesis);
        put(variables, "AWS_ENDPOINT_URL_DYNAMODB", dynamodb);
        put(variables, "AWS_ENDPOINT_URL_S3", s3);
        put(variables, "AWS_ENDPOINT_URL_EVENTBRIDGE", eventbridge);
        if (s3 != null) {
            variables.put("SLUICE_BUCKET", bucket);
        }
        put(variables, "SLUICE_LOCAL_AWS_ADMIN", admin);
        put(variables, "SLUICE_JDBC_URL", jdbcUrl);
        put(variables, "SLUICE_JDBC_USER", jdbcUser);
        put(variables, "SLUICE_JDBC_PASSWORD", jdbcPassword);
        return variables;
    }

    LocalEndpoints withKinesis(URI endpoint) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                endpoint,
                dynamodb,
                s3,
                eventbridge,
                jdbcUrl,
                jdbcUser,
                jdbcPassword,
                admin,
                bucket);
    }

    LocalEndpoints withDynamodb(URI endpoint) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                kinesis,
                endpoint,
                s3,
                eventbridge,
                jdbcUrl,
                jdbcUser,
                jdbcPassword,
                admin,
                bucket);
    }

    LocalEndpoints withS3(URI endpoint) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                kinesis,
                dynamodb,
                endpoint,
                eventbridge,
                jdbcUrl,
                jdbcUser,
                jdbcPassword,
                admin,
                bucket);
    }

    LocalEndpoints withEventbridge(URI endpoint) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                kinesis,
                dynamodb,
                s3,
                endpoint,
                jdbcUrl,
                jdbcUser,
                jdbcPassword,
                admin,
                bucket);
    }

    LocalEndpoints withRedshift(String url, String user, String password) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                kinesis,
                dynamodb,
                s3,
                eventbridge,
                url,
                user,
                password,
                admin,
                bucket);
    }

    LocalEndpoints withAdmin(URI endpoint) {
        return new LocalEndpoints(
                region,
                accessKey,
                secretKey,
                kinesis,
                dynamodb,
                s3,
                eventbridge,
                jdbcUrl,
                jdbcUser,
                jdbcPassword,
                endpoint,
                bucket);
    }

    private static <T> T started(@Nullable T endpoint, LocalService service) {
        if (endpoint == null) {
            throw new IllegalStateException(service + " was not started");
        }
        return endpoint;
    }

    private static void put(Map<String, String> variables, String name, @Nullable Object value) {
        if (value != null) {
            variables.put(name, value.toString());
        }
    }
}
