package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonKind;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;

class NumberRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'minimum': 0.5} | 1 | true",
                "{'minimum': 0.5} | 0 | false",
                "{'minimum': 1} | 1 | true",
                "{'exclusiveMinimum': 1} | 1 | false",
                "{'exclusiveMinimum': 1} | 2 | true",
                "{'exclusiveMinimum': 0.5} | 1 | true",
                "{'maximum': 1} | 1 | true",
                "{'exclusiveMaximum': 1} | 1 | false",
                "{'exclusiveMaximum': 1.5} | 1 | true",
                "{'minimum': 0.5} | 0.5 | true",
                "{'exclusiveMinimum': 0.5} | 0.5 | false",
                "{'maximum': 0.5} | 0.5 | true",
                "{'exclusiveMaximum': 0.5} | 0.5 | false",
                "{'minimum': 0.1} | 0.1 | false",
                "{'minimum': 1e30} | 9223372036854775807 | false",
                "{'maximum': -1e30} | -9223372036854775808 | false",
                "{'exclusiveMinimum': 9223372036854775807} | 9223372036854775807 | false",
                "{} | 9223372036854775808 | true",
                "{'minimum': 0} | 9223372036854775808 | false",
                "{'multipleOf': 3} | 9 | true",
                "{'multipleOf': 3} | 10 | false",
                "{'multipleOf': 1} | 1.5 | false",
            })
    void saysYesOnlyWhereItIsSure(String schema, String number, boolean yes) {
        assertThat(accepts(schema.replace('\'', '"'), number)).isEqualTo(yes);
    }

    private static boolean accepts(String schema, String number) {
        ValueRule rule = RuleCompiler.compile(JsonMapper.shared().readTree(schema), "/value");
        byte[] json = number.getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(json, 0, json.length);
        int kind = cursor.value();
        NumberRule numbers = rule.number();
        return (rule.kinds() & kind) != 0
                && (numbers == null
                        || (kind == JsonKind.INTEGER
                                ? numbers.acceptsInt(cursor)
                                : numbers.acceptsFraction(cursor)));
    }
}
