package dev.sluice.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.local.LocalClients;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Action;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Delay;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.DropAnswer;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Fail;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.FailEntries;
import dev.sluice.local.eventbridge.EventBridgeFaultRule.Throttle;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.eventbridge.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;

import tools.jackson.databind.json.JsonMapper;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Driven with the SDK's client.
class EventBridgeServerIT {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");

    @TempDir private Path folder;
    private EventBridgeServer server;
    private EventBridgeClient client;

    @BeforeEach
    void start() {
        server = EventBridgeServer.start(EventBridgeServerConfig.in(folder));
        client = LocalClients.eventBridgeWithoutRetries(server.endpoint());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void recordsAnEventAsATargetWouldBeGivenIt() {
        PutEventsResponse answer = put(entry("{\"id\":\"a\",\"total\":4.5}"));

        assertThat(answer.failedEntryCount()).isZero();
        String id = answer.entries().getFirst().eventId();
        assertThat(server.events("default"))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(JsonMapper.shared().readTree(line))
                                        .isEqualTo(
                                                JsonMapper.shared()
                                                        .readTree(
                                                                """
                                                                {"version":"0","id":"%s","detail-type":"purchase",
                                                                 "source":"shop","account":"000000000000",
                                                                 "time":"2026-11-21T10:00:00Z","region":"us-east-1",
                                                                 "resources":[],"detail":{"id":"a","total":4.5}}
                                                                """
                                                                        .formatted(id))));
    }

    @Test
    void refusesOnlyTheEntriesThatAreWrong() {
        PutEventsResponse answer =
                put(
                        entry("{\"n\":1}"),
                        entry("{\"n\":"),
                        entry("[1]"),
                        entry("{\"n\":2}").toBuilder().source("aws.shop").build(),
                        entry("{\"n\":3}").toBuilder().detailType(null).build(),
                        entry("{\"n\":4}"));

        assertThat(answer.failedEntryCount()).isEqualTo(4);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(
                        null,
                        "MalformedDetail",
                        "MalformedDetail",
                        "NotAuthorizedForSourceException",
                        "InvalidArgument",
                        null);
        assertThat(server.events("default")).hasSize(2);
    }

    @Test
    void refusesMoreThanTenEntriesOrAMebibyteAndTakesJustSoMuch() {
        PutEventsRequestEntry small = entry("{}");
        put(Collections.nCopies(10, small));
        refuses("ValidationException", 400, Collections.nCopies(11, small));

        int rest = (1 << 20) - 14 - "shop".length() - "purchase".length();
        put(entry("{\"a\":\"" + "x".repeat(rest - 8) + "\"}"));
        refuses(
                "ValidationException",
                400,
                List.of(entry("{\"a\":\"" + "x".repeat(rest - 7) + "\"}")));
        assertThat(server.events("default")).hasSize(11);
    }

    @Test
    void knowsBusesAndSwallowsWhatIsForNone() throws Exception {
        client.createEventBus(r -> r.name("orders"));
        assertThatExceptionOfType(ResourceAlreadyExistsException.class)
                .isThrownBy(() -> client.createEventBus(r -> r.name("orders")));
        String arn = client.describeEventBus(r -> r.name("orders")).arn();
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.describeEventBus(r -> r.name("nowhere")));

        PutEventsResponse answer =
                put(
                        entry("{\"n\":1}").toBuilder().eventBusName("orders").build(),
                        entry("{\"n\":2}").toBuilder().eventBusName(arn).build(),
                        entry("{\"n\":3}").toBuilder().eventBusName("nowhere").build(),
                        entry("{\"n\":4}"));

        assertThat(answer.failedEntryCount()).isZero();
        assertThat(server.events("orders")).hasSize(2);
        assertThat(shown("/events/orders")).isEqualTo(server.events("orders"));
        assertThat(shown("/events")).hasSize(3);
    }

    @Test
    void keepsWhatItTookAcrossARestart() {
        put(entry("{\"n\":1}"));
        assertThatIllegalStateException()
                .isThrownBy(() -> EventBridgeServer.start(EventBridgeServerConfig.in(folder)));
        server.close();
        server = EventBridgeServer.start(EventBridgeServerConfig.in(folder));

        assertThat(server.events("default")).hasSize(1);
    }

    @Test
    void failsOnRequest() {
        strike(new Throttle());
        refuses("ThrottlingException", 400, List.of(entry("{}")));
        strike(new Fail(500, "InternalFailure"));
        refuses("InternalFailure", 500, List.of(entry("{}")));
        assertThat(server.events("default")).isEmpty();

        strike(new FailEntries(2, "ThrottlingException"));
        assertThat(put(entry("{\"n\":1}"), entry("{\"n\":2}"), entry("{\"n\":3}")).entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly("ThrottlingException", "ThrottlingException", null);
        assertThat(server.events("default")).hasSize(1);

        strike(new Delay(Duration.ofMillis(1)));
        put(entry("{}"));
        assertThat(server.events("default")).hasSize(2);
    }

    @Test
    void takesWhatItDoesNotAnswer() {
        strike(new DropAnswer());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(entry("{}")));
        assertThat(server.events("default")).hasSize(1);
    }

    @Test
    void goesAwayAndComesBack() {
        server.goAway();
        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> put(entry("{}")));
        server.comeBack();
        put(entry("{}"));
        assertThat(server.events("default")).hasSize(1);
    }

    private void strike(Action action) {
        server.faults().clear();
        server.faults().add(EventBridgeFaultRule.always(action).times(1));
    }

    private void refuses(String code, int status, List<PutEventsRequestEntry> entries) {
        assertThatExceptionOfType(EventBridgeException.class)
                .isThrownBy(() -> put(entries))
                .satisfies(
                        e -> {
                            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                            assertThat(e.statusCode()).isEqualTo(status);
                        });
    }

    private PutEventsResponse put(PutEventsRequestEntry... entries) {
        return put(Arrays.asList(entries));
    }

    private PutEventsResponse put(List<PutEventsRequestEntry> entries) {
        return client.putEvents(r -> r.entries(entries));
    }

    private static PutEventsRequestEntry entry(String detail) {
        return PutEventsRequestEntry.builder()
                .source("shop")
                .detailType("purchase")
                .time(AT)
                .detail(detail)
                .build();
    }

    private List<String> shown(String path) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.endpoint().resolve(path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofLines()).body().toList();
        }
    }
}
