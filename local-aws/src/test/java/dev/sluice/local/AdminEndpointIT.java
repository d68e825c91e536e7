package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Faults over HTTP, from the request to what a client of the service sees.
class AdminEndpointIT {
    private static final Pattern CURL =
            Pattern.compile(
                    "^curl (?:-X (\\w+) )?\\$SLUICE_LOCAL_AWS_ADMIN(\\S+)(?: -d '(.+)')?$",
                    Pattern.MULTILINE);

    @RegisterExtension static final LocalAwsExtension LOCAL = LocalAwsExtension.separate(c -> c);

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void heal() throws Exception {
        send("DELETE", "/faults", "");
        http.close();
    }

    @Test
    void switchesAFaultOnShowsThatItStruckAndHeals() throws Exception {
        try (S3Client s3 = LocalClients.s3WithoutRetries(LOCAL.aws().endpoints().s3())) {
            assertThat(
                            send(
                                            "PUT",
                                            "/faults/s3",
                                            """
                                            {"rules":[{"action":"fail","operation":"PUT","prefix":"raw/"}]}
                                            """)
                                    .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> put(s3, "raw/1"))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(500));
            assertThat(send("GET", "/faults", "").body())
                    .contains(
                            """
                            "s3":{"stopped":false,"rules":[{"action":"fail","operation":"PUT","prefix":"raw/","probability":1.0,"struck":1}]}\
                            """);

            assertThat(send("DELETE", "/faults/s3", "").body()).contains("\"rules\":[]");
            put(s3, "raw/1");
        }
    }

    @Test
    void addsToTheRulesThatThereAre() throws Exception {
        send("PUT", "/faults/kinesis", "{\"rules\":[{\"action\":\"throttle\",\"times\":2}]}");
        send("PUT", "/faults/kinesis", "{\"rules\":[{\"action\":\"dropAnswer\"}]}");

        assertThat(LOCAL.aws().kinesis().faults().strikes()).hasSize(2);
    }

    @Test
    void stopsAndStartsEveryService() throws Exception {
        for (LocalService service : LocalService.values()) {
            assertThat(send("POST", "/" + service + "/stop", "").body())
                    .contains("\"stopped\":true");
        }
        assertThatThrownBy(AdminEndpointIT::connect).hasMessageContaining("refused");
        assertThat(send("POST", "/redshift/start", "").body()).contains("\"stopped\":false");
        connect();
        assertThat(send("GET", "/faults/s3", "").body()).contains("\"stopped\":true");
        assertThat(send("DELETE", "/faults", "").body()).doesNotContain("\"stopped\":true");
    }

    @Test
    void saysWhatIsWrongAndWhatIsAllowed() throws Exception {
        refuses("/faults/kinesis", "{}", "rules must be an array");
        refuses("/faults/kinesis", "nonsense", "must be JSON");
        refuses("/faults/kinesis", rule("\"action\":\"explode\""), "rules[0].action", "dropAnswer");
        refuses("/faults/redshift", rule("\"command\":\"COPY\""), "rules[0].action", "conflict");
        refuses("/faults/s3", rule("\"action\":\"fail\",\"operation\":\"POKE\""), "LIST");
        refuses("/faults/s3", rule("\"action\":\"fail\",\"probability\":2"), "(0, 1]");
        refuses("/faults/s3", rule("\"action\":\"delay\""), "rules[0].millis is missing");
        refuses("/faults/dynamodb", rule("\"action\":\"fail\",\"tabel\":\"a\""), "tabel", "table");
        assertThat(send("GET", "/faults/sqs", ""))
                .satisfies(
                        answer -> {
                            assertThat(answer.statusCode()).isEqualTo(404);
                            assertThat(answer.body()).contains("kinesis, dynamodb, s3, redshift");
                        });
        assertThat(send("POST", "/faults", "").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/", "").body()).contains("PUT");
        assertThat(send("GET", "/faults", "").body()).doesNotContain("action");
    }

    @Test
    void takesTheExamplesOfTheReadme() throws Exception {
        createLease("validator", "shardId-000000000000");
        List<String[]> examples =
                CURL.matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(m -> new String[] {m.group(1), m.group(2), m.group(3)})
                        .toList();

        assertThat(examples).hasSizeGreaterThan(8);
        for (String[] example : examples) {
            String method = Optional.ofNullable(example[0]).orElse("GET");
            HttpResponse<String> answer =
                    send(method, example[1], Optional.ofNullable(example[2]).orElse(""));
            assertThat(answer.statusCode()).as(example[1] + " " + answer.body()).isEqualTo(200);
        }
    }

    private void refuses(String path, String body, String... reasons) throws Exception {
        HttpResponse<String> answer = send("PUT", path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(reasons);
    }

    private static String rule(String members) {
        return "{\"rules\":[{" + members + "}]}";
    }

    private static void put(S3Client s3, String key) {
        s3.putObject(r -> r.bucket("sluice").key(key), RequestBody.fromString("x"));
    }

    private static void connect() throws SQLException {
        LocalEndpoints at = LOCAL.aws().endpoints();
        DriverManager.getConnection(at.jdbcUrl(), at.jdbcUser(), at.jdbcPassword()).close();
    }

    private static void createLease(String table, String shard) {
        try (DynamoDbClient dynamo = LocalClients.dynamoDb(LOCAL.aws().endpoints().dynamodb())) {
            dynamo.createTable(
                    r ->
                            r.tableName(table)
                                    .billingMode(BillingMode.PAY_PER_REQUEST)
                                    .attributeDefinitions(
                                            a ->
                                                    a.attributeName("leaseKey")
                                                            .attributeType(ScalarAttributeType.S))
                                    .keySchema(
                                            k ->
                                                    k.attributeName("leaseKey")
                                                            .keyType(KeyType.HASH)));
            dynamo.putItem(
                    r ->
                            r.tableName(table)
                                    .item(
                                            Map.of(
                                                    "leaseKey", AttributeValue.fromS(shard),
                                                    "leaseCounter", AttributeValue.fromN("1"))));
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(LOCAL.aws().endpoints().admin().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
