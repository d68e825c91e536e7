package dev.sluice.validator.process.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class BodyParserTest {

    private final BodyParser parser = new BodyParser();

    @Test
    void readsTheFieldsOfAnEvent() {
        ParsedBody body =
                parser.parse(
                        Bytes.utf8(
                                """
                                {"user_id":"ü-\\ud83d\\ude00","session_id":null,"n":1,\
                                "context":{"ip":"203.0.113.9","user_agent":7}}"""));

        assertThat(body)
                .isInstanceOfSatisfying(
                        ParsedBody.Event.class,
                        event -> {
                            assertThat(event.text("user_id")).isEqualTo("ü-😀");
                            assertThat(event.text("session_id")).isNull();
                            assertThat(event.text("n")).isNull();
                            assertThat(event.text("absent")).isNull();
                            assertThat(event.facts().ip()).isEqualTo("203.0.113.9");
                            assertThat(event.facts().userAgent()).isNull();
                        });
    }

    @Test
    void readsOnlyItsRangeOfTheArray() {
        byte[] block = "xx{\"a\":\"b\"}yy".getBytes(StandardCharsets.UTF_8);

        assertThat(parser.parse(new Bytes(block, 2, block.length - 4)))
                .isInstanceOf(ParsedBody.Event.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "17",
                "\"secret\"",
                "[{\"secret\":1}]",
                "{\"secret\":1,\"secret\":2}",
                "{\"o\":{\"secret\":1,\"secret\":2}}",
                "{\"secret\":1}{}",
                "{\"secret\":1",
                "{\"secret\":}",
                "{\"secret\":secret}",
                "{'secret':1}",
                "{\"secret\":01}",
                "{\"secret\":NaN}",
                "{\"secret\":1,}",
                "{\"secret\":\"\\x\"}",
                "{\"secret\":\"a\nb\"}",
                "{\"secret\":\"\\ud800\"}",
                "{\"secret\":\"\\udc00\\ud800\"}",
                "{\"secret\\uDBFF\":1}",
                "{\"o\":[[\"secret\\udfff\"]]}",
                "{\"secret\":\"\u0000\"}"
            })
    void refusesWhatIsNotOneStrictObjectAndSaysNothingOfItsContent(String body) {
        assertThat(parser.parse(Bytes.utf8(body)))
                .isInstanceOfSatisfying(
                        ParsedBody.Unreadable.class,
                        unreadable ->
                                assertThat(unreadable.why()).isNotBlank().doesNotContain("secret"));
    }

    @Test
    void namesThePlaceOfASyntaxError() {
        assertThat(parser.parse(Bytes.utf8("{\"a\":1,}")))
                .isEqualTo(new ParsedBody.Unreadable("not JSON at byte 7"));
    }

    @Test
    void refusesWhatIsTooDeepTooLongOrTooBig() {
        for (String body :
                List.of(
                        "[".repeat(10_000),
                        "{\"a\":".repeat(10_000),
                        "{\"a\":" + "1".repeat(2_000) + "}",
                        "{\"" + "a".repeat(60_000) + "\":1}")) {
            assertThat(parser.parse(Bytes.utf8(body)))
                    .isInstanceOfSatisfying(
                            ParsedBody.Unreadable.class,
                            unreadable ->
                                    assertThat(unreadable.why())
                                            .startsWith("JSON deeper or longer than is allowed"));
        }
    }

    @Test
    void refusesEveryEncodingButUtf8() {
        String json = "{\"a\":\"x\"}";
        for (byte[] body :
                List.of(
                        json.getBytes(StandardCharsets.UTF_16LE),
                        json.getBytes(StandardCharsets.UTF_16BE),
                        json.getBytes(StandardCharsets.UTF_16),
                        json.replace('x', 'ü').getBytes(StandardCharsets.ISO_8859_1),
                        with(0xC0, 0x80),
                        with(0xED, 0xA0, 0x80),
                        with(0xF7, 0xBF, 0xBF, 0xBF),
                        with(0xE2, 0x82))) {
            assertThat(parser.parse(Bytes.of(body)))
                    .isEqualTo(new ParsedBody.Unreadable("not UTF-8"));
        }
    }

    /// The fast path looks at eight bytes at a time: whatever stands where must not matter.
    @Test
    void agreesWithTheDecoderOfTheJdkOnWhatIsUtf8() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(12) == 0 ? random.nextInt(256) : 'a');
            }
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            boolean text =
                    decoded.indexOf(0) < 0
                            && Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), bytes);

            assertThat(Utf8.isText(Bytes.of(bytes))).isEqualTo(text);
        }
    }

    private static byte[] with(int... inside) {
        byte[] body = new byte[inside.length + 8];
        byte[] head = "{\"a\":\"".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, body, 0, head.length);
        for (int i = 0; i < inside.length; i++) {
            body[head.length + i] = (byte) inside[i];
        }
        body[body.length - 2] = '"';
        body[body.length - 1] = '}';
        return body;
    }
}
