package dev.sluice.contracts.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

class BodySubjectsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "{'user_id':'ann','anonymous_id':'d-1'}          | user_id=ann anonymous_id=d-1",
                "{'userId':'ann','anonymousId':'d-1'}            | user_id=ann anonymous_id=d-1",
                "{'user_id':'ann','user_id':'bob','userId':'cy'} | user_id=ann user_id=bob user_id=cy",
                "{'properties':{'user_id':'no'},'user_id':'ann'} | user_id=ann",
                "{'user_id':'ann','x':                           | user_id=ann",
                "{'x':[},'user_id':'ann'}                        | ''",
                "{'user_id':42}                                  | user_id=42",
                "{'user_id':null,'anonymous_id':''}              | ''",
                "{'user_id':{'user_id':'no'}}                    | ''",
                "['user_id','ann']                               | ''",
                "user_id=ann                                     | ''",
            })
    void findsTheIdsThatCanBeRead(String body, String expected) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        assertThat(
                        BodySubjects.of(bytes).stream()
                                .map(id -> id.kind().field() + "=" + id.value())
                                .collect(Collectors.joining(" ")))
                .isEqualTo(expected.replace("''", ""));
    }

    @ParameterizedTest
    @CsvSource({"1024, 1", "1025, 0"})
    void passesOverWhatIsTooLongForAnId(int length, int found) {
        String body = "{\"user_id\":\"" + "x".repeat(length) + "\"}";

        assertThat(BodySubjects.of(body.getBytes(StandardCharsets.UTF_8))).hasSize(found);
    }
}
