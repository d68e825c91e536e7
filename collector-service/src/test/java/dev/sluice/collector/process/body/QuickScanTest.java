package dev.sluice.collector.process.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the quick scan takes, the parser takes just so.
class QuickScanTest {

    private static final BodyLimits LIMITS = new BodyLimits(10, 4000, 8, 20);

    private static final String EVENT =
            """
            {"event_id":"e-1","event_type":"page_view","anonymous_id":"é語😀","user_id":null,\
            "session_id":"","a":[1,-0.5e+10,true,false,null,{"a":"\\u00e9\\n","é":{}}],"b" : { } }\
            """;

    @ParameterizedTest
    @EnumSource(TypeRule.class)
    void takesAGoodEventAsTheParserDoes(TypeRule rule) {
        assertThat(quick(bytes(EVENT + ",{}"), rule))
                .isEqualTo(parsed(bytes(EVENT + ",{}"), rule))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":123456789012345678901}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"",
                "{\"a\":1",
                "{",
                "{\"a\":[[[[[[[[1]]]]]]]]}",
            })
    void leavesWhatIsWrongToTheParser(String event) {
        assertThat(quick(bytes(event), TypeRule.NOT_READ)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"event_type\":\"\"}",
                "{\"event_type\":null}",
                "{\"event_type\":\"Page\"}",
                "{\"event_type\":\"a\",\"event_id\":7}",
                "{\"event_type\":\"a\",\"event_id\":\"\\ud800\"}",
                "{\"event_type\":\"a\",\"event_id\":"
                        + "\"12345678901234567890123456789012345678901234567890123456789012345\"}",
            })
    void leavesBadFieldsToTheParser(String event) {
        assertThat(quick(bytes(event), TypeRule.SNAKE_CASE)).isNull();
    }

    @Test
    void seesThatANameIsThereTwiceHoweverManyThereAre() {
        BodyLimits roomy = new BodyLimits(10, 1 << 20, 8, 20);
        for (int names : new int[] {1, 127, 128, 129, 1000}) {
            String members =
                    IntStream.range(0, names)
                            .mapToObj(i -> "\"name_" + i + "\":" + i)
                            .collect(Collectors.joining(","));
            byte[] good = bytes("{" + members + "}");
            byte[] twice = bytes("{" + members + ",\"name_0\":0}");

            assertThat(scan(good, roomy).read(0)).isEqualTo(good.length);
            assertThat(scan(twice, roomy).read(0)).isEqualTo(QuickScan.UNSURE);
        }
    }

    /// Whatever becomes of the bytes: a yes of the quick scan is one of the parser, to the letter.
    @Test
    void neverTakesWhatTheParserDoesNot() {
        RandomGenerator random = new Random(20260102);
        byte[] palette = "{}[]\",:\\\n 0-e.xau\u0001\u00e9\u00ff".getBytes(StandardCharsets.UTF_8);
        byte[] whole = bytes(EVENT);
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] event = whole.clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                event[random.nextInt(1, event.length)] = palette[random.nextInt(palette.length)];
            }
            TypeRule rule = TypeRule.values()[random.nextInt(3)];
            EventReader.Element quick = quick(event, rule);
            if (quick != null) {
                taken++;
                assertThat(quick)
                        .as(new String(event, StandardCharsets.UTF_8))
                        .isEqualTo(parsed(event, rule));
            }
        }
        assertThat(taken).isGreaterThan(10_000);
    }

    private static EventReader.@Nullable Element quick(byte[] text, TypeRule rule) {
        QuickScan scan = new QuickScan(text, text.length, LIMITS, rule);
        int end = scan.read(0);
        return end == QuickScan.UNSURE
                ? null
                : new EventReader.Element(
                        new ReadEvent(new Bytes(text, 0, end), scan.fields(), null), end);
    }

    private static EventReader.Element parsed(byte[] text, TypeRule rule) {
        return new EventReader(LIMITS, rule).parse(text, 0, text.length);
    }

    private static QuickScan scan(byte[] text, BodyLimits limits) {
        return new QuickScan(text, text.length, limits, TypeRule.NOT_READ);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
