package dev.sluice.loader.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.sink.RefusedRow;
import dev.sluice.loader.sink.SinkAnswer;
import dev.sluice.loader.sink.SinkFixtures;
import dev.sluice.loader.sink.SinkRow;
import dev.sluice.loader.sink.http.Authorization;
import dev.sluice.loader.sink.http.HttpStub;
import dev.sluice.loader.sink.http.HttpStub.Reply;
import dev.sluice.loader.sink.http.SinkEndpoint;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Requests and replies of OpenSearch, one by one.
class OpenSearchSinkTest {

    private static final Reply ACKNOWLEDGED = new Reply(200, "{\"acknowledged\":true}");

    private final HttpStub stub = new HttpStub(_ -> ACKNOWLEDGED);
    private final SinkEndpoint endpoint =
            new SinkEndpoint(stub.uri(), Authorization.none(), Duration.ofSeconds(10), null);
    private final OpenSearchSink sink =
            new OpenSearchSink(
                    endpoint,
                    new DailyIndex("sluice-events", 1, 0, "1s"),
                    new DocumentFields(List.of("coupon")),
                    SubjectSecret.of("a secret of the tests, 32 bytes or more"));

    @AfterEach
    void close() {
        endpoint.close();
        stub.close();
    }

    @Test
    void aDocumentHasWhatIsSearchedAndNothingThatSomebodyWroteOrIs() {
        bulk(new Reply(200, "{\"errors\":false}"));
        SinkRow message =
                SinkFixtures.row(
                        Fixtures.received(
                                "acme",
                                "m1",
                                Fixtures.RECEIVED,
                                "response_generated",
                                SinkFixtures.MESSAGE));

        assertThat(sink.write("w", List.of(message))).isEqualTo(SinkAnswer.Sorted.WRITTEN);

        String body = stub.requests.getLast().text();
        assertThat(body).endsWith("}\n").doesNotContain("my secret", "device-1", "203.0.113");
        List<String> lines = body.lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode action = JsonMapper.shared().readTree(lines.getFirst()).get("index");
        assertThat(action.get("_index").stringValue()).isEqualTo("sluice-events-2026.11.21");
        assertThat(action.get("_id").stringValue()).isEqualTo("acme/m1");
        assertThat(action.get("version").longValue()).isEqualTo(message.version());
        JsonNode document = JsonMapper.shared().readTree(lines.getLast());
        assertThat(document.get("received_ts").stringValue())
                .isEqualTo("2026-11-21T10:00:00.123456Z");
        assertThat(document.get("is_late").booleanValue()).isFalse();
        assertThat(document.get("subjects")).hasSize(1);
        assertThat(document.get("subjects").get(0).stringValue()).matches("[0-9a-f]{32}");
    }

    @Test
    void theTemplateComesBeforeTheFirstDocument() {
        bulk(new Reply(200, "{\"errors\":false}"));

        write("e1");
        write("e2");

        assertThat(stub.requests.stream().map(r -> r.method() + " " + r.target()))
                .containsExactly(
                        "PUT /_index_template/sluice-events",
                        "POST /_bulk?filter_path=" + BulkReply.FILTER,
                        "POST /_bulk?filter_path=" + BulkReply.FILTER);
        JsonNode mapping =
                JsonMapper.shared()
                        .readTree(stub.requests.getFirst().body())
                        .at("/template/mappings");
        assertThat(mapping.get("dynamic").booleanValue()).isFalse();
        assertThat(mapping.at("/properties").propertyNames())
                .contains("event_type", "latency_ms", "coupon", "subjects")
                .doesNotContain(
                        "message_text", "response_text", "search_query", "user_id", "person_id");
        assertThat(mapping.at("/properties/token_cost/type").stringValue()).isEqualTo("double");
        assertThat(mapping.at("/properties/received_ts/type").stringValue())
                .isEqualTo("date_nanos");
    }

    @Test
    void eachDocumentIsSortedByItself() {
        bulk(
                new Reply(
                        200,
                        """
                        {"errors":true,"items":[
                        {"index":{"status":201}},
                        {"index":{"status":409,"error":{"type":"version_conflict_engine_exception"}}},
                        {"index":{"status":429,"error":{"type":"rejected_execution_exception"}}},
                        {"index":{"status":400,"error":{"type":"mapper_parsing_exception",\
                        "reason":"failed to parse field [latency_ms] of type [integer]. Preview: 'hush'"}}},
                        {"index":{"status":400,"error":{"type":"mapper_parsing_exception",\
                        "reason":"failed to parse field [hush] of type [integer]"}}}]}"""));

        SinkAnswer.Sorted sorted = (SinkAnswer.Sorted) write("new", "old", "later", "bad", "worse");

        assertThat(sorted.superseded()).isOne();
        assertThat(sorted.refused())
                .extracting(RefusedRow::why)
                .containsExactly(
                        "mapper_parsing_exception in field latency_ms", "mapper_parsing_exception");
        assertThat(sorted.later()).isNotNull();
        assertThat(sorted.later().rows())
                .extracting(row -> row.receipt().eventId().value())
                .containsExactly("later");
        assertThat(sorted.later().why())
                .isInstanceOf(TransientFailure.class)
                .hasMessageEndingWith("documents answered 429 rejected_execution_exception");
    }

    @Test
    void anIndexThatRefusesEverybodyNeedsSomebody() {
        bulk(
                new Reply(
                        200,
                        """
                        {"errors":true,"items":[
                        {"index":{"status":403,"error":{"type":"cluster_block_exception"}}},
                        {"index":{"status":429,"error":{"type":"rejected_execution_exception"}}}]}"""));

        SinkAnswer.Sorted sorted = (SinkAnswer.Sorted) write("e1", "e2");

        assertThat(sorted.later()).isNotNull();
        assertThat(sorted.later().rows()).hasSize(2);
        assertThat(sorted.later().why())
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("403 cluster_block_exception");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void aRequestThatIsTooLargeOrWrongIsToBeDivided(int status) {
        bulk(new Reply(status, "{\"error\":{\"type\":\"parse_exception\",\"reason\":\"hush\"}}"));

        assertThat(write("e1", "e2"))
                .isEqualTo(
                        new SinkAnswer.Unsorted(
                                "the request is refused with " + status + " parse_exception"));
    }

    @Test
    void otherRepliesAreFailures() {
        bulk(new Reply(503, ""));
        assertThatThrownBy(() -> write("e1")).isInstanceOf(TransientFailure.class);

        bulk(new Reply(401, ""));
        assertThatThrownBy(() -> write("e1")).isInstanceOf(SetupFailure.class);

        bulk(new Reply(200, "<html>"));
        assertThatThrownBy(() -> write("e1")).isInstanceOf(TransientFailure.class);

        bulk(new Reply(200, "{\"errors\":true,\"items\":[]}"));
        assertThatThrownBy(() -> write("e1"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageEndingWith("answered for 0 documents, not for 1");
    }

    @Test
    void aTemplateThatIsRefusedNeedsSomebody() {
        stub.answer(_ -> new Reply(400, "{\"error\":{\"type\":\"illegal_argument_exception\"}}"));

        assertThatThrownBy(() -> write("e1"))
                .isInstanceOf(SetupFailure.class)
                .hasMessageEndingWith(
                        "_index_template/sluice-events answered 400 illegal_argument_exception");
    }

    @Test
    void textsAndIdsOfPersonsCannotBeAskedFor() {
        for (String column : List.of("message_text", "user_id", "ip", "properties")) {
            assertThatThrownBy(() -> new DocumentFields(List.of(column)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(column);
        }
    }

    private void bulk(Reply reply) {
        stub.answer(request -> request.target().startsWith("/_bulk") ? reply : ACKNOWLEDGED);
    }

    private SinkAnswer write(String... eventIds) {
        return sink.write("w", Arrays.stream(eventIds).map(SinkFixtures::pageView).toList());
    }
}
