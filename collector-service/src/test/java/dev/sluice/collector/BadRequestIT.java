package dev.sluice.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;

import dev.sluice.collector.RunningCollector.Reply;
import dev.sluice.runtime.memory.MemoryStreams;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// Every bad request there is: each is answered in JSON that names what was wrong, stores nothing,
/// and leaves the collector well.
class BadRequestIT {

    private static final String EVENT = "{\"event_id\":\"e\",\"event_type\":\"a\"}";

    private static MemoryStreams streams;
    private static RunningCollector collector;

    @BeforeAll
    static void start() {
        streams = RunningCollector.streams();
        collector =
                RunningCollector.start(
                        streams,
                        "server.tomcat.connection-timeout=500ms",
                        "sluice.collector.http.body-time-limit=1500ms");
    }

    @AfterAll
    static void stop() {
        collector.close();
    }

    @AfterEach
    void nothingIsStoredAndNothingIsHeld() {
        assertThat(StoredEvents.of(streams).bodies()).isEmpty();
        assertThat(collector.bean(dev.sluice.collector.ingress.BytesInFlight.class).held())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    this is not JSON        | 1 | 1  | token
                    {"event_type":"a"       | 1 | 18 | end-of-input
                    [{"event_type":"a"},    | 1 | 21 | end-of-input
                    {"event_type":"a",}     | 1 | 19 | property name
                    {"event_type":"a" "b":1}| 1 | 19 | comma
                    """)
    void pointsAtBadSyntax(String body, int line, int column, String what) {
        Reply reply = collector.post(body.strip());

        assertRefused(reply, 400, "malformed_json", what);
        assertThat(reply.json().at("/error/line").asInt()).isEqualTo(line);
        assertThat(reply.json().at("/error/column").asInt()).isEqualTo(column);
        assertThat(reply.json().at("/error/byte").asInt()).isEqualTo(column - 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"event_id":"e"}                             | malformed | event_type is missing
                    {"event_type":"Not Snake"}                   | malformed | event_type does not match
                    {"event_type":{}}                            | malformed | event_type is not a string
                    {"event_type":"a","event_id":12}             | malformed | event_id is not a string
                    {"event_type":"a","user_id":["u"]}           | malformed | user_id is not a string
                    {"event_type":"a","x":{"k":1,"k":2}}         | malformed | Duplicate Object property "k"
                    {"event_type":"a","event_type":"b"}          | malformed | Duplicate Object property "event_type"
                    "event"                                      | malformed | an event is an object, this is a string
                    """)
    void saysWhyNoneOfTheEventsIsGood(String body, String reason, String what) {
        Reply reply = collector.post(body);

        assertNoGoodEvent(reply, reason, what);
    }

    @Test
    void refusesAnEventNested10000Deep() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertNoGoodEvent(
                collector.post("{\"event_type\":\"a\",\"x\":" + deep + "}"),
                "too_large",
                "nesting depth");
        assertNoGoodEvent(collector.post(deep), "malformed", "this is an array");
    }

    @Test
    void refusesAnEventBeyondTheSizeLimit() {
        String large = "{\"event_type\":\"a\",\"x\":\"" + "y".repeat(300 << 10) + "\"}";

        assertNoGoodEvent(collector.post(large), "too_large", "the limit is 262144");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "e282"})
    void refusesBytesThatAreNotUtf8(String hex) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write("{\"event_type\":\"a\",\"x\":\"".getBytes(StandardCharsets.UTF_8));
        body.write(HexFormat.of().parseHex(hex));
        body.write("\"}".getBytes(StandardCharsets.UTF_8));

        assertNoGoodEvent(
                collector.post(body.toByteArray()),
                "malformed",
                "byte 23 of the event is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n "})
    void refusesAnEmptyBody(String body) {
        Reply reply = collector.post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isIn("empty_body", "no_events");
        assertThat(reply.errorMessage()).contains("body");
    }

    @Test
    void refusesAnArrayOfNothing() {
        assertRefused(collector.post("[]"), 400, "no_events", "no event");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/png",
                "multipart/form-data; boundary=x",
                "application/xml",
                "text/html"
            })
    void refusesWhatCannotBeEventsAndSaysWhatCan(String type) {
        Reply reply = collector.post(EVENT, "Content-Type", type);

        assertRefused(reply, 415, "unsupported_content_type", "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, gzip", "compress"})
    void refusesContentCodingsItDoesNotKnowAndSaysWhichItDoes(String coding) {
        Reply reply = collector.post(EVENT, "Content-Encoding", coding);

        assertRefused(reply, 415, "unsupported_content_encoding", "gzip");
        assertThat(reply.header("Accept-Encoding")).contains("zstd");
    }

    @Test
    void refusesABodyOf10MegabytesDeclaredOrNot() {
        byte[] body = new byte[10_000_000];
        Arrays.fill(body, (byte) ' ');

        assertRefused(collector.post(body), 413, "body_too_large", "5242880 bytes");
        assertRefused(
                collector.send(
                        collector
                                .request("/v1/events")
                                .header("X-Write-Key", RunningCollector.KEY)
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new java.io.ByteArrayInputStream(body)))),
                413,
                "body_too_large",
                "5242880 bytes");
    }

    @Test
    void stopsAGzipBombAtTheLimit() throws IOException {
        byte[] bomb = bomb(true);
        long before = allocated();

        Reply reply = collector.post(bomb, "Content-Encoding", "gzip");

        assertThat(bomb.length).isLessThan(2_000_000);
        assertRefused(reply, 413, "body_too_large", "5242880 bytes when decompressed");
        assertThat(allocated() - before).isLessThan(200L << 20);
    }

    @Test
    void stopsAZstdBombAtTheLimit() throws IOException {
        assertRefused(
                collector.post(bomb(false), "Content-Encoding", "zstd"),
                413,
                "body_too_large",
                "5242880 bytes when decompressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "zstd"})
    void refusesABodyThatIsNotCompressedAsItSays(String coding) {
        assertRefused(
                collector.post(EVENT, "Content-Encoding", coding),
                400,
                "bad_content_encoding",
                coding);
    }

    @Test
    void refusesATruncatedGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(EVENT.getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = bytes.toByteArray();

        for (int length : new int[] {5, 15, whole.length - 4}) {
            assertRefused(
                    collector.post(Arrays.copyOf(whole, length), "Content-Encoding", "gzip"),
                    400,
                    "bad_content_encoding",
                    "the gzip body is cut off");
        }
    }

    @Test
    void refusesMoreEventsThanARequestMayHold() {
        assertRefused(
                collector.post((EVENT + "\n").repeat(5001)), 413, "too_many_events", "5000 events");
    }

    @Test
    void refusesWhoShowsNoKeyOrAnUnknownOne() {
        Reply none =
                collector.send(
                        collector.request("/v1/events").POST(BodyPublishers.ofString(EVENT)));
        assertRefused(none, 401, "no_write_key", "X-Write-Key");
        assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
        String basic =
                Base64.getEncoder().encodeToString("nobody:".getBytes(StandardCharsets.UTF_8));
        for (String value : new String[] {"Bearer nobody", "Basic " + basic}) {
            assertRefused(
                    collector.send(
                            collector
                                    .request("/v1/events?write_key=" + RunningCollector.KEY)
                                    .header("Authorization", value)
                                    .POST(BodyPublishers.ofString(EVENT))),
                    401,
                    "unknown_write_key",
                    "unknown");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void refusesOtherMethodsAndSaysWhichItTakes(String method) {
        Reply reply =
                collector.send(
                        collector.request("/v1/events").method(method, BodyPublishers.noBody()));

        assertRefused(reply, 405, "method_not_allowed", method);
        assertThat(reply.header("Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void saysWhereEventsGo() {
        Reply reply =
                collector.send(
                        collector
                                .request("/v2/nothing")
                                .header("Accept", "text/html")
                                .POST(BodyPublishers.ofString(EVENT)));

        assertRefused(reply, 404, "not_found", "POST /v1/events");
    }

    @Test
    void givesUpOnABodyThatStopsComing() throws IOException {
        try (RawConnection client = new RawConnection(collector.port())) {
            String answer = client.write(head(1000)).write(EVENT).answer();

            assertThat(answer).startsWith("HTTP/1.1 408").contains("application/json");
            assertThat(answer).contains("\"request_timeout\"").contains("did not arrive in time");
        }
    }

    @Test
    void givesUpOnABodyThatDrips() throws IOException {
        try (RawConnection client = new RawConnection(collector.port())) {
            client.write(head(100_000)).drip(Duration.ofMillis(50), Duration.ofSeconds(10));

            assertThat(client.answer())
                    .startsWith("HTTP/1.1 408")
                    .contains("\"request_timeout\"")
                    .contains("did not arrive in time");
        }
    }

    @Test
    void refusesABodyThatEndsBeforeItsDeclaredLength() throws IOException {
        try (RawConnection client = new RawConnection(collector.port())) {
            String answer = client.write(head(1000)).write(EVENT).endOfRequest().answer();

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"bad_request\"");
        }
    }

    @Test
    void readsNoFurtherThanTheDeclaredLength() throws IOException {
        try (RawConnection client = new RawConnection(collector.port())) {
            String answer = client.write(head(10)).write(EVENT).answer();

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"malformed_json\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /v1/%zz HTTP/1.1", "POST /v1/../../x HTTP/1.1"})
    void refusesPathsThatAreNone(String requestLine) throws IOException {
        try (RawConnection client = new RawConnection(collector.port())) {
            String answer = client.write(requestLine + "\r\nHost: x\r\n\r\n").answer();

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"error\"");
            assertThat(answer).contains("application/json").doesNotContain("apache");
        }
    }

    private static String head(int length) {
        return "POST /v1/events HTTP/1.1\r\nHost: x\r\nX-Write-Key: "
                + RunningCollector.KEY
                + "\r\nContent-Length: "
                + length
                + "\r\n\r\n";
    }

    private static void assertRefused(Reply reply, int status, String code, String what) {
        assertThat(reply.status()).describedAs(reply.response().body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.errorMessage()).contains(what);
    }

    private static void assertNoGoodEvent(Reply reply, String reason, String what) {
        assertRefused(reply, 400, "no_good_event", "none");
        assertThat(reply.json().get("accepted").asInt()).isZero();
        assertThat(reply.json().get("quarantined").asInt()).isZero();
        assertThat(reply.json().at("/results/0/status").asString()).isEqualTo("refused");
        assertThat(reply.json().at("/results/0/reason").asString()).isEqualTo(reason);
        assertThat(reply.json().at("/results/0/message").asString()).contains(what);
    }

    /// A gigabyte of zeros in little.
    private static byte[] bomb(boolean gzip) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : new ZstdOutputStream(bytes)) {
            for (int i = 0; i < 1024; i++) {
                out.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    /// Bytes ever allocated on the heap of this process.
    private static long allocated() {
        return ((com.sun.management.ThreadMXBean)
                        java.lang.management.ManagementFactory.getThreadMXBean())
                .getTotalThreadAllocatedBytes();
    }
}
