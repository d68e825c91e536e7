package dev.sluice.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.sluice.contracts.pii.PseudonymKey;
import dev.sluice.contracts.pii.PseudonymSecret;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// Where a running fleet listens; kept as `endpoints.json` in its data folder.
///
/// @param writeKey a key that may post events; this machine only
/// @param subjectSecret of the suppression list; this machine only
/// @param piiSecret of the pseudonyms under [LocalSettings#PII_KEY]; this machine only
/// @param services the management address of each service by its name
public record FleetEndpoints(
        @JsonProperty("collector_url") String collectorUrl,
        @JsonProperty("write_key") String writeKey,
        @JsonProperty("jdbc_url") String jdbcUrl,
        @JsonProperty("jdbc_user") String jdbcUser,
        @JsonProperty("jdbc_password") String jdbcPassword,
        @JsonProperty("subject_secret") String subjectSecret,
        @JsonProperty("pii_secret") String piiSecret,
        @JsonProperty("region") String region,
        @JsonProperty("kinesis_endpoint") String kinesisEndpoint,
        @JsonProperty("dynamodb_endpoint") String dynamodbEndpoint,
        @JsonProperty("s3_endpoint") String s3Endpoint,
        @JsonProperty("eventbridge_endpoint") String eventbridgeEndpoint,
        @JsonProperty("bucket") String bucket,
        @JsonProperty("streams") List<String> streams,
        @JsonProperty("services") Map<String, String> services) {

    private static final String FILE = "endpoints.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The key under which the fleet makes pseudonyms.
    public PseudonymKey pseudonymKey() {
        return new PseudonymKey(LocalSettings.PII_KEY, PseudonymSecret.of(piiSecret));
    }

    /// Writes the file so that a reader sees the old one or the new one, never a part.
    public void writeTo(Path data) throws IOException {
        Path next = Files.createTempFile(data, FILE, ".tmp");
        Files.writeString(next, JSON.writeValueAsString(this) + System.lineSeparator());
        Files.move(
                next,
                data.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// @throws IOException if no fleet has been started on the folder; the message says what to do
    public static FleetEndpoints readFrom(Path data) throws IOException {
        try {
            return JSON.readValue(Files.readString(data.resolve(FILE)), FleetEndpoints.class);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "no fleet has been started on " + data + "; run: ./sluice up --data " + data,
                    e);
        }
    }
}
