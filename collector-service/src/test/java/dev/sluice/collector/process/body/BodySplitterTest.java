package dev.sluice.collector.process.body;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.RejectionReason;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

class BodySplitterTest {

    private static final BodyLimits LIMITS = new BodyLimits(5, 1000, 8, 40);
    private static final String A = "{\"event_type\":\"a\"}";
    private static final String B = "{\"event_type\":\"b\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"event_type":"a"}
                    {"event_type":"a"}{"event_type":"b"}
                    {"event_type":"a"}\\n{"event_type":"b"}
                    {"event_type":"a"}\\r\\n\\r\\n{"event_type":"b"}\\r\\n
                    [{"event_type":"a"}]
                    [{"event_type":"a"},{"event_type":"b"}]
                    \\t[ {"event_type":"a"} ,\\n{"event_type":"b"} ]\\n
                    [{"event_type":"a"}][{"event_type":"b"}]
                    [{"event_type":"a"}]\\n{"event_type":"b"}
                    []\\n{"event_type":"b"}
                    {\\n  "event_type": "a",\\n  "properties": {\\n    "n": [1, 2]\\n  }\\n}\\n
                    {\\n"event_type":\\n"a"\\n}\\n{\\n"event_type":"b"}
                    """)
    void keepsTheBytesOfEveryEventUntouched(String escaped) {
        String body = escaped.translateEscapes();

        List<ReadEvent> events = elements(body, BodyForm.UNSAID);

        assertThat(events).allMatch(event -> event.refusal() == null);
        String rest = body;
        for (ReadEvent event : events) {
            String bytes = event.bytes().asUtf8();
            assertThat(bytes).startsWith("{").endsWith("}");
            assertThat(rest).contains(bytes);
            rest = rest.substring(rest.indexOf(bytes) + bytes.length());
        }
        assertThat(body.chars().filter(c -> c == 'v').count()).isEqualTo(events.size());
    }

    @Test
    void readsTheFieldsOfTheTopLevelOnly() {
        ReadEvent event =
                only(
                        """
                        {"properties":{"user_id":"x","event_type":"y"},"event_id":"e","user_id":"u",
                        "event_type":"page_view","anonymous_id":"d\\u00e9","session_id":"s"}
                        """);

        assertThat(event.fields()).isEqualTo(new EventFields("e", "page_view", "dé", "u", "s"));
        assertThat(event.refusal()).isNull();
    }

    @Test
    void takesNullAndEmptyForAbsent() {
        ReadEvent event = only("{\"event_type\":\"a\",\"event_id\":null,\"user_id\":\"\"}");

        assertThat(event.fields()).isEqualTo(new EventFields(null, "a", null, null, null));
        assertThat(event.refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                                        | event_type is missing
                    {"event_type":null}                       | event_type is missing
                    {"event_type":1}                          | event_type is not a string
                    {"event_type":["a"]}                      | event_type is not a string
                    {"event_type":"Page Viewed"}              | event_type does not match ^[a-z][a-z0-9_]{0,63}$
                    {"event_type":"1a"}                       | event_type does not match ^[a-z][a-z0-9_]{0,63}$
                    {"event_type":"a","event_id":7}           | event_id is not a string
                    {"event_type":"a","user_id":{"x":1}}      | user_id is not a string
                    {"event_type":"a","session_id":true}      | session_id is not a string
                    {"event_type":"a","anonymous_id":"\\ud800"}| anonymous_id holds half of a surrogate pair
                    {"event_type":"a","x":1,"x":2}            | Duplicate Object property "x"
                    {"event_type":"a","x":{"y":[{"z":1,"z":1}]}}| Duplicate Object property "z"
                    [["a"]]                                   | an event is an object, this is an array
                    [7]                                       | an event is an object, this is a number
                    "text"                                    | an event is an object, this is a string
                    true                                      | an event is an object, this is a boolean
                    null                                      | an event is an object, this is null
                    """)
    void refusesOneEventAndSaysWhy(String body, String message) {
        ReadEvent event = only(body);

        assertThat(event.refusal()).isEqualTo(new Rejection.Malformed(message));
        assertThat(body).contains(event.bytes().asUtf8());
    }

    @Test
    void refusesIdsLongerThanTheirBytes() {
        assertThat(refusal(only("{\"event_type\":\"a\",\"event_id\":\"" + "x".repeat(65) + "\"}")))
                .isEqualTo("event_id is longer than 64 bytes");
        assertThat(refusal(only("{\"event_type\":\"a\",\"user_id\":\"" + "é".repeat(129) + "\"}")))
                .isEqualTo("user_id is longer than 256 bytes");
        assertThat(only("{\"event_type\":\"a\",\"event_id\":\"" + "x".repeat(64) + "\"}").refusal())
                .isNull();
    }

    @Test
    void refusesWhatExceedsALimitAndReadsOn() {
        String deep = "{\"event_type\":\"a\",\"x\":" + "[".repeat(8) + "]".repeat(8) + "}";
        String number = "{\"event_type\":\"a\",\"x\":" + "1".repeat(41) + "}";
        String large = "{\"event_type\":\"a\",\"x\":\"" + "y".repeat(2000) + "\"}";

        List<ReadEvent> events =
                elements("[" + String.join(",", deep, number, large, A) + "]", BodyForm.UNSAID);

        assertThat(events)
                .extracting(BodySplitterTest::reason)
                .containsExactly(
                        RejectionReason.TOO_LARGE,
                        RejectionReason.TOO_LARGE,
                        RejectionReason.TOO_LARGE,
                        null);
        assertThat(refusal(events.get(0)))
                .isEqualTo("Document nesting depth (9) exceeds the maximum allowed (8)");
        assertThat(refusal(events.get(1)))
                .isEqualTo("Number value length (41) exceeds the maximum allowed (40)");
        assertThat(refusal(events.get(2)))
                .isEqualTo(
                        "the event has %d bytes; the limit is 1000, as many are kept"
                                .formatted(large.length()));
        assertThat(refusal(only("1".repeat(50))))
                .isEqualTo("an event is an object, this is a number");
        assertThat(events.get(0).bytes().asUtf8()).isEqualTo(deep);
        assertThat(events.get(2).bytes().asUtf8()).isEqualTo(large.substring(0, 1000));
    }

    @Test
    void survivesNestingOfAnyDepth() {
        String brackets = "[".repeat(10_000) + "]".repeat(10_000);

        byte[] deep = ("{\"event_type\":\"a\",\"x\":" + brackets + "}").getBytes(US_ASCII);
        SplitBody split =
                new BodySplitter(BodyLimits.DEFAULT).split(deep, deep.length, BodyForm.UNSAID);
        assertThat(split)
                .isInstanceOfSatisfying(
                        SplitBody.Elements.class,
                        elements ->
                                assertThat(refusal(elements.events().getFirst()))
                                        .contains("nesting depth (65)"));
        assertThat(refusal(only(brackets))).isEqualTo("an event is an object, this is an array");
        assertThat(split("[".repeat(10_000), BodyForm.UNSAID))
                .isInstanceOf(SplitBody.Unreadable.class);
        assertThat(split("{\"a\":".repeat(10_000), BodyForm.UNSAID))
                .isInstanceOf(SplitBody.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0AF", "80", "C3", "EDA080", "F4908080", "FF", "E28228", "F0808080"})
    void refusesAnEventThatIsNotUtf8AndReadsOn(String hex) {
        byte[] bad = java.util.HexFormat.of().parseHex(hex);
        byte[] head = "{\"event_type\":\"a\",\"x\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] tail = ("\"}," + B + "]").getBytes(StandardCharsets.UTF_8);
        byte[] body =
                java.nio.ByteBuffer.allocate(1 + head.length + bad.length + tail.length)
                        .put((byte) '[')
                        .put(head)
                        .put(bad)
                        .put(tail)
                        .array();

        List<ReadEvent> events = elements(body, BodyForm.UNSAID);

        assertThat(events).hasSize(2);
        assertThat(refusal(events.get(0)))
                .isEqualTo("byte " + head.length + " of the event is not UTF-8");
        assertThat(events.get(1).refusal()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"event_type":"a"                    | 1 | 18 | 17
                    [{"event_type":"a"}                  | 1 | 20 | 19
                    [{"event_type":"a"},]                | 1 | 21 | 20
                    [{"event_type":"a"} {"event_type":1}]| 1 | 21 | 20
                    [{"event_type":"a"},\\n {"é":x}]     | 2 | 7  | 28
                    {"event_type":"a",}                  | 1 | 19 | 18
                    {\\n "event_type": 'a'\\n}           | 2 | 16 | 17
                    event=a&user=b                       | 1 | 1  | 0
                    {"event_type":"a"}}                  | 1 | 19 | 18
                    {"event_type":"a\\1"}                | 1 | 17 | 16
                    """)
    void spoilsAnArrayOrOneObjectAndSaysWhere(String escaped, int line, int column, int offset) {
        SplitBody body = split(escaped.strip().translateEscapes(), BodyForm.UNSAID);

        assertThat(body)
                .isInstanceOfSatisfying(
                        SplitBody.Unreadable.class,
                        why -> {
                            assertThat(why.message()).isNotBlank();
                            assertThat(why.offset()).isEqualTo(offset);
                            assertThat(why.line()).isEqualTo(line);
                            assertThat(why.column()).isEqualTo(column);
                        });
    }

    @Test
    void neverRepeatsTheTextItFound() {
        SplitBody body = split("{\"event_type\":secret42}", BodyForm.UNSAID);

        assertThat(body)
                .isInstanceOfSatisfying(
                        SplitBody.Unreadable.class,
                        why ->
                                assertThat(why.message())
                                        .contains("token")
                                        .doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event_type\":\"x\"",
                "{\"event_type\":\"x",
                "{\"x\":",
                "{\"x\":[1,",
                "{\"x\":1}]",
                "{'event_type':'x'}"
            })
    void spoilsOneLineOnly(String bad) {
        for (BodyForm form : BodyForm.values()) {
            List<ReadEvent> events = elements(A + "\n" + bad + "\n" + B + "\n", form);

            assertThat(events.getFirst().bytes().asUtf8()).isEqualTo(A);
            assertThat(events.getLast().bytes().asUtf8()).isEqualTo(B);
            assertThat(events.getLast().refusal()).isNull();
            assertThat(events).filteredOn(event -> event.refusal() != null).isNotEmpty();
            assertThat(refusal(events.get(events.size() - 2))).startsWith("line 2, column ");
        }
    }

    @Test
    void spoilsTheFirstLineOnly() {
        for (BodyForm form : BodyForm.values()) {
            List<ReadEvent> events = elements("{\"event_type\":\n" + B + "\n" + A, form);

            assertThat(events)
                    .extracting(event -> event.refusal() == null)
                    .containsExactly(false, true, true);
            assertThat(events.getFirst().bytes().asUtf8()).isEqualTo("{\"event_type\":");
        }
        assertThat(elements("garbage\n" + A, BodyForm.LINES)).hasSize(2);
    }

    @Test
    void holdsABrokenPrettyPrintedObjectForOneObject() {
        String pretty = "{\n  \"event_type\": \"a\",\n  \"x\": {\n    \"y\": 1,\n  }\n}\n";

        assertThat(split(pretty, BodyForm.UNSAID)).isInstanceOf(SplitBody.Unreadable.class);
    }

    @Test
    void stopsAtTheLimitOfEvents() {
        assertThat(elements(A.repeat(5), BodyForm.UNSAID)).hasSize(5);
        assertThat(split(A.repeat(6), BodyForm.UNSAID)).isEqualTo(new SplitBody.TooMany(5));
        assertThat(split("[" + "1,".repeat(6) + "1]", BodyForm.UNSAID))
                .isEqualTo(new SplitBody.TooMany(5));
        assertThat(split((A + "\nx\n").repeat(3), BodyForm.LINES))
                .isEqualTo(new SplitBody.TooMany(5));
    }

    @Test
    void findsNothingInNothing() {
        for (String body : List.of("", " \r\n\t", "[]", "[ ]\n[]", "\uFEFF")) {
            assertThat(elements(body, BodyForm.UNSAID)).isEmpty();
        }
    }

    @Test
    void readsOverAByteOrderMark() {
        assertThat(only("\uFEFF" + A).bytes().asUtf8()).isEqualTo(A);
    }

    @Test
    void refusesUtf16() {
        byte[] body = A.getBytes(StandardCharsets.UTF_16LE);

        assertThat(new BodySplitter(LIMITS).split(body, body.length, BodyForm.UNSAID))
                .isInstanceOf(SplitBody.Unreadable.class);
    }

    @Test
    void looksAtNoByteBeyondTheLength() {
        byte[] body = (A + B).getBytes(StandardCharsets.UTF_8);

        SplitBody split = new BodySplitter(LIMITS).split(body, A.length(), BodyForm.UNSAID);

        assertThat(split)
                .isInstanceOfSatisfying(
                        SplitBody.Elements.class,
                        elements -> assertThat(elements.events()).hasSize(1));
    }

    private static ReadEvent only(String body) {
        List<ReadEvent> events = elements(body, BodyForm.UNSAID);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static @Nullable RejectionReason reason(ReadEvent event) {
        Rejection refusal = event.refusal();
        return refusal == null ? null : refusal.reason();
    }

    private static String refusal(ReadEvent event) {
        Rejection refusal = event.refusal();
        return refusal == null ? "accepted" : refusal.message();
    }

    private static SplitBody split(String body, BodyForm form) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new BodySplitter(LIMITS).split(bytes, bytes.length, form);
    }

    private static List<ReadEvent> elements(String body, BodyForm form) {
        return elements(body.getBytes(StandardCharsets.UTF_8), form);
    }

    private static List<ReadEvent> elements(byte[] body, BodyForm form) {
        SplitBody split = new BodySplitter(LIMITS).split(body, body.length, form);
        assertThat(split).isInstanceOf(SplitBody.Elements.class);
        return ((SplitBody.Elements) split).events();
    }
}
