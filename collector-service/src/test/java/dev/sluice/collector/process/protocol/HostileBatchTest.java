package dev.sluice.collector.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.ReadEvent;
import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.contracts.rejection.Rejection;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What every protocol does with a batch that is at the limits, beyond them, or none.
class HostileBatchTest {

    static Stream<Sample> samples() {
        return Sample.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsNoEventInAnEmptyBatch(Sample sample) {
        assertThat(Requests.elements(sample.read(""))).isEmpty();
        assertThat(Requests.elements(sample.read(" \r\n\t"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsNoEventWithoutABody(Sample sample) {
        ForeignRequest request =
                new ForeignRequest(sample.path(), Map.of(), Map.of(), new byte[0], 0);

        assertThat(Requests.elements(sample.protocol().read(request))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesAsManyEventsAsABodyMayHold(Sample sample) {
        assertThat(Captures.canonical(sample.read(copies(sample, 10)))).hasSize(10);
        assertThat(sample.read(copies(sample, 11)).body()).isEqualTo(new SplitBody.TooMany(10));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesABatchThatIsNoArray(Sample sample) {
        for (String notAnArray : List.of("7", "\"x\"", "true")) {
            String body = around(sample, notAnArray);

            List<ReadEvent> events =
                    Requests.elements(sample.protocol().read(Requests.post(sample.path(), body)));

            assertThat(events).hasSize(1);
            assertThat(events.getFirst().refusal()).isNotNull();
            assertThat(events.getFirst().bytes().asUtf8()).isEqualTo(notAnArray);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsOneEventThatIsInNoArray(Sample sample) {
        String body = around(sample, sample.event());

        JsonNode event = Requests.only(sample.protocol().read(Requests.post(sample.path(), body)));

        assertThat(event).isEqualTo(Requests.only(sample.read(sample.event())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesElementsThatAreNoEventsAlone(Sample sample) {
        for (String bad : List.of("7", "null", "\"x\"", "[]", "[[]]", "true", "{}")) {
            assertRefusedAlone(sample, bad.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesAnEventWithAKeyTwiceAlone(Sample sample) {
        Rejection why = assertRefusedAlone(sample, with(sample, "\"x\":{\"a\":1,\"a\":2}"));

        assertThat(why).isInstanceOf(Rejection.Malformed.class);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesAnEventThatIsNotUtf8Alone(Sample sample) {
        byte[] event = with(sample, "\"x\":\"€\"");
        event[event.length - 4] = 'x'; // the middle of the euro sign

        Rejection why = assertRefusedAlone(sample, event);

        assertThat(why.message()).contains("is not UTF-8");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesAnEventOf64LevelsAndRefusesADeeperOneAlone(Sample sample) {
        assertTaken(sample, with(sample, "\"x\":" + nested(63)));
        for (int levels : new int[] {64, 1000, 15_000}) {
            Rejection why = assertRefusedAlone(sample, with(sample, "\"x\":" + nested(levels)));
            assertThat(why).isInstanceOf(Rejection.TooLarge.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesANumberOf1000DigitsAndRefusesALongerOneAlone(Sample sample) {
        assertTaken(sample, with(sample, "\"x\":" + "7".repeat(1000)));

        Rejection why = assertRefusedAlone(sample, with(sample, "\"x\":" + "7".repeat(1001)));

        assertThat(why).isInstanceOf(Rejection.TooLarge.class);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void refusesAnEventBeyondTheSizeLimitAloneAndKeepsAsMuchAsTheLimit(Sample sample) {
        int limit = Sample.LIMITS.maxEventBytes();
        int rest = with(sample, "\"x\":\"\"").length;
        assertTaken(sample, with(sample, "\"x\":\"" + "x".repeat(limit - rest) + "\""));
        byte[] larger = with(sample, "\"x\":\"" + "x".repeat(limit - rest + 1) + "\"");

        ReadEvent refused = besideGoodOnes(sample, larger);

        assertThat(refused.refusal()).isInstanceOf(Rejection.TooLarge.class);
        assertThat(refused.bytes().toArray()).isEqualTo(Arrays.copyOf(larger, limit));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesAnIdOf256BytesAndRefusesALongerOneAlone(Sample sample) {
        String longest = "é".repeat(128);
        assertTaken(sample, withPerson(sample, longest));

        Rejection why = assertRefusedAlone(sample, withPerson(sample, longest + "x"));

        assertThat(why.message()).contains("256 bytes");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void tellsWhereABodyIsNoJson(Sample sample) {
        for (String body : List.of("{\"a\":1,\n x}", "[1,\n x", "{", "[{},", "{} {}", "")) {
            byte[] bytes = (body + " ").getBytes(StandardCharsets.UTF_8);
            SplitBody read = sample.protocol().read(Requests.post(sample.path(), bytes)).body();

            assertThat(read).as(body).isInstanceOf(SplitBody.Unreadable.class);
            SplitBody.Unreadable why = (SplitBody.Unreadable) read;
            assertThat(why.message()).isNotBlank();
            assertThat(why.line()).isEqualTo(body.contains("\n") ? 2 : 1);
            assertThat(why.offset()).isBetween(0, bytes.length);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsNothingBehindTheLengthOfTheBody(Sample sample) {
        byte[] body =
                Requests.json(sample.before() + sample.event() + sample.after())
                        .getBytes(StandardCharsets.UTF_8);
        byte[] buffer = Arrays.copyOf(body, 2 * body.length);
        Arrays.fill(buffer, body.length, buffer.length, (byte) '}');

        JsonNode event =
                Requests.only(
                        sample.protocol()
                                .read(
                                        new ForeignRequest(
                                                sample.path(),
                                                Map.of(),
                                                Map.of(),
                                                buffer,
                                                body.length)));

        assertThat(event).isEqualTo(Requests.only(sample.read(sample.event())));
    }

    private static Rejection assertRefusedAlone(Sample sample, byte[] bad) {
        ReadEvent event = besideGoodOnes(sample, bad);
        assertThat(event.refusal()).isNotNull();
        assertThat(event.bytes().toArray()).isEqualTo(bad);
        return event.refusal();
    }

    private static void assertTaken(Sample sample, byte[] event) {
        assertThat(besideGoodOnes(sample, event).refusal()).isNull();
    }

    /// What became of an event with a good one at each side.
    private static ReadEvent besideGoodOnes(Sample sample, byte[] event) {
        byte[] good = sample.event().strip().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[2 * good.length + event.length + 2];
        System.arraycopy(good, 0, all, 0, good.length);
        all[good.length] = ',';
        System.arraycopy(event, 0, all, good.length + 1, event.length);
        all[good.length + 1 + event.length] = ',';
        System.arraycopy(good, 0, all, good.length + event.length + 2, good.length);

        List<ReadEvent> events = Requests.elements(sample.readBytes(all));

        assertThat(events).hasSize(3);
        assertThat(events.getFirst().refusal()).isNull();
        assertThat(events.getLast().refusal()).isNull();
        return events.get(1);
    }

    /// The sample's event with one more member.
    private static byte[] with(Sample sample, String member) {
        String event = sample.event().strip();
        String more = event.substring(0, event.length() - 1) + "," + member + "}";
        return more.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withPerson(Sample sample, String id) {
        String event = sample.event().strip();
        String more =
                event.replaceFirst(
                        "\"" + sample.person() + "\": \"[^\"]*\"",
                        "\"" + sample.person() + "\": \"" + id + "\"");
        assertThat(more).isNotEqualTo(event);
        return more.getBytes(StandardCharsets.UTF_8);
    }

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static String copies(Sample sample, int count) {
        return String.join(",", Collections.nCopies(count, sample.event()));
    }

    /// A body where that stands in the place of the array.
    private static String around(Sample sample, String json) {
        String before = sample.before();
        return before.substring(0, before.length() - 1) + json + sample.after().substring(1);
    }
}
