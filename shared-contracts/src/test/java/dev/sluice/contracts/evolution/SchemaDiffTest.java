package dev.sluice.contracts.evolution;

import static dev.sluice.contracts.evolution.ChangeLevel.ADDITION;
import static dev.sluice.contracts.evolution.ChangeLevel.MODEL;
import static dev.sluice.contracts.evolution.ChangeLevel.REVISION;
import static dev.sluice.contracts.evolution.SchemaDiffTest.RefusedBy.NEITHER;
import static dev.sluice.contracts.evolution.SchemaDiffTest.RefusedBy.THE_NEW;
import static dev.sluice.contracts.evolution.SchemaDiffTest.RefusedBy.THE_OLD;
import static dev.sluice.contracts.evolution.Versions.field;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;

import dev.sluice.contracts.schema.Contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Every rule, with the event that would break a sender or a reader if the rule asked for less.
class SchemaDiffTest {

    /// Which of the two contracts the event breaks, as the library that checks events sees it.
    enum RefusedBy {
        /// A reader of the old contract meets what it was told cannot be.
        THE_OLD,
        /// A sender that keeps the old contract is turned away.
        THE_NEW,
        NEITHER
    }

    private record Case(
            String change,
            String older,
            String newer,
            ChangeLevel level,
            String event,
            RefusedBy refusedBy) {
        @Override
        public String toString() {
            return change;
        }
    }

    private static Case of(
            String change,
            String older,
            String newer,
            ChangeLevel level,
            String event,
            RefusedBy refusedBy) {
        return new Case(change, fields(older), fields(newer), level, event, refusedBy);
    }

    private static Case whole(
            String change,
            String older,
            String newer,
            ChangeLevel level,
            String event,
            RefusedBy refusedBy) {
        return new Case(change, older, newer, level, event, refusedBy);
    }

    private static Case rules(
            String change,
            String older,
            String newer,
            ChangeLevel level,
            String value,
            RefusedBy refusedBy) {
        return of(
                change,
                field("a", older),
                field("a", newer),
                level,
                "{\"a\": " + value + "}",
                refusedBy);
    }

    private static String fields(String fields) {
        return "\"properties\": {" + fields + "}";
    }

    private static final String A = field("a", "\"type\": \"string\"");

    static final List<Case> CASES =
            List.of(
                    of(
                            "an optional property more",
                            A,
                            A + "," + field("b", "\"type\": \"integer\""),
                            ADDITION,
                            "{\"a\": \"x\", \"b\": 1}",
                            NEITHER),
                    of(
                            "a property removed, which may be anything now",
                            A,
                            "",
                            MODEL,
                            "{\"a\": 7}",
                            THE_OLD),
                    whole(
                            "a property newly required",
                            fields(A),
                            "\"required\": [\"a\"], " + fields(A),
                            MODEL,
                            "{}",
                            THE_NEW),
                    whole(
                            "a new property that is required at once",
                            fields(""),
                            "\"required\": [\"a\"], " + fields(A),
                            MODEL,
                            "{}",
                            THE_NEW),
                    whole(
                            "a property no longer required",
                            "\"required\": [\"a\"], " + fields(A),
                            fields(A),
                            REVISION,
                            "{}",
                            THE_OLD),
                    rules(
                            "another type",
                            "\"type\": \"string\"",
                            "\"type\": \"integer\"",
                            MODEL,
                            "\"x\"",
                            THE_NEW),
                    rules(
                            "one type more",
                            "\"type\": \"string\"",
                            "\"type\": [\"string\", \"null\"]",
                            REVISION,
                            "null",
                            THE_OLD),
                    rules(
                            "one type less",
                            "\"type\": [\"string\", \"null\"]",
                            "\"type\": \"string\"",
                            MODEL,
                            "null",
                            THE_NEW),
                    rules(
                            "numbers where integers were",
                            "\"type\": \"integer\"",
                            "\"type\": \"number\"",
                            REVISION,
                            "1.5",
                            THE_OLD),
                    rules(
                            "integers where numbers were",
                            "\"type\": \"number\"",
                            "\"type\": \"integer\"",
                            MODEL,
                            "1.5",
                            THE_NEW),
                    rules("a type where none was", "", "\"type\": \"string\"", MODEL, "1", THE_NEW),
                    rules("no type any more", "\"type\": \"string\"", "", REVISION, "1", THE_OLD),
                    rules(
                            "one value less",
                            "\"enum\": [\"x\", \"y\"]",
                            "\"enum\": [\"x\"]",
                            MODEL,
                            "\"y\"",
                            THE_NEW),
                    rules(
                            "one value more",
                            "\"enum\": [\"x\"]",
                            "\"enum\": [\"x\", \"y\"]",
                            REVISION,
                            "\"y\"",
                            THE_OLD),
                    rules(
                            "one value for another",
                            "\"enum\": [\"x\"]",
                            "\"enum\": [\"y\"]",
                            MODEL,
                            "\"x\"",
                            THE_NEW),
                    rules(
                            "a constant where an enumeration was",
                            "\"enum\": [\"x\", \"y\"]",
                            "\"const\": \"x\"",
                            MODEL,
                            "\"y\"",
                            THE_NEW),
                    rules(
                            "an enumeration where a constant was",
                            "\"const\": \"x\"",
                            "\"enum\": [\"x\", \"y\"]",
                            REVISION,
                            "\"y\"",
                            THE_OLD),
                    rules("a lower bound", "", "\"minimum\": 0", MODEL, "-1", THE_NEW),
                    rules(
                            "a lower bound raised",
                            "\"minimum\": 0",
                            "\"minimum\": 0.5",
                            MODEL,
                            "0",
                            THE_NEW),
                    rules(
                            "a lower bound lowered",
                            "\"minimum\": 0",
                            "\"minimum\": -10",
                            REVISION,
                            "-1",
                            THE_OLD),
                    rules(
                            "an exclusive bound raised",
                            "\"exclusiveMinimum\": 0",
                            "\"exclusiveMinimum\": 1",
                            MODEL,
                            "1",
                            THE_NEW),
                    rules(
                            "an upper bound lowered",
                            "\"maximum\": 9",
                            "\"maximum\": 8",
                            MODEL,
                            "9",
                            THE_NEW),
                    rules(
                            "an upper bound raised",
                            "\"maximum\": 8",
                            "\"maximum\": 9",
                            REVISION,
                            "9",
                            THE_OLD),
                    rules(
                            "a shorter text",
                            "\"maxLength\": 3",
                            "\"maxLength\": 2",
                            MODEL,
                            "\"abc\"",
                            THE_NEW),
                    rules(
                            "a longer text",
                            "\"maxLength\": 2",
                            "\"maxLength\": 3",
                            REVISION,
                            "\"abc\"",
                            THE_OLD),
                    rules(
                            "a text that must not be empty",
                            "",
                            "\"minLength\": 1",
                            MODEL,
                            "\"\"",
                            THE_NEW),
                    rules(
                            "fewer items",
                            "\"maxItems\": 2",
                            "\"maxItems\": 1",
                            MODEL,
                            "[1, 2]",
                            THE_NEW),
                    rules(
                            "items that may not repeat",
                            "",
                            "\"uniqueItems\": true",
                            MODEL,
                            "[1, 1]",
                            THE_NEW),
                    rules(
                            "items that may repeat",
                            "\"uniqueItems\": true",
                            "\"uniqueItems\": false",
                            REVISION,
                            "[1, 1]",
                            THE_OLD),
                    rules(
                            "a pattern for another",
                            "\"pattern\": \"^[a-z]\"",
                            "\"pattern\": \"^[a-y]\"",
                            MODEL,
                            "\"z\"",
                            THE_NEW),
                    rules(
                            "no pattern any more",
                            "\"pattern\": \"^[a-z]\"",
                            "",
                            REVISION,
                            "\"Z\"",
                            THE_OLD),
                    rules("a format", "", "\"format\": \"date-time\"", MODEL, "\"soon\"", THE_NEW),
                    rules(
                            "a multiple of more",
                            "\"multipleOf\": 2",
                            "\"multipleOf\": 4",
                            MODEL,
                            "6",
                            THE_NEW),
                    rules(
                            "a multiple of less",
                            "\"multipleOf\": 4",
                            "\"multipleOf\": 2",
                            REVISION,
                            "6",
                            THE_OLD),
                    rules(
                            "items of another type",
                            "\"items\": {\"description\": \"D.\", \"x-pii\": \"none\", \"x-since\": \"1-0-0\", \"type\": \"string\"}",
                            "\"items\": {\"description\": \"D.\", \"x-pii\": \"none\", \"x-since\": \"1-0-0\", \"type\": \"integer\"}",
                            MODEL,
                            "[\"x\"]",
                            THE_NEW),
                    rules(
                            "a field of a field removed",
                            "\"properties\": {" + field("in", "\"type\": \"string\"") + "}",
                            "\"properties\": {}",
                            MODEL,
                            "{\"in\": 7}",
                            THE_OLD),
                    rules(
                            "no other fields any more",
                            "",
                            "\"additionalProperties\": false",
                            MODEL,
                            "{\"other\": 1}",
                            THE_NEW),
                    rules(
                            "other fields now",
                            "\"additionalProperties\": false",
                            "\"additionalProperties\": true",
                            REVISION,
                            "{\"other\": 1}",
                            THE_OLD),
                    rules(
                            "other fields of another type",
                            "\"additionalProperties\": {\"type\": \"string\"}",
                            "\"additionalProperties\": {\"type\": \"integer\"}",
                            MODEL,
                            "{\"other\": \"x\"}",
                            THE_NEW),
                    rules(
                            "a rule that is not compared in depth",
                            "\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"null\"}]",
                            "\"anyOf\": [{\"type\": \"string\"}]",
                            MODEL,
                            "null",
                            THE_NEW),
                    whole(
                            "what a reference names",
                            "\"$defs\": {\"d\": {\"maxLength\": 3}}, "
                                    + fields(field("a", "\"$ref\": \"#/$defs/d\"")),
                            "\"$defs\": {\"d\": {\"maxLength\": 2}}, "
                                    + fields(field("a", "\"$ref\": \"#/$defs/d\"")),
                            MODEL,
                            "{\"a\": \"abc\"}",
                            THE_NEW),
                    whole(
                            "what a reference names, with a rule beside it",
                            "\"$defs\": {\"d\": {\"maxLength\": 3}}, \"additionalProperties\":"
                                    + " {\"$ref\": \"#/$defs/d\", \"maxLength\": 9}",
                            "\"$defs\": {\"d\": {\"maxLength\": 2}}, \"additionalProperties\":"
                                    + " {\"$ref\": \"#/$defs/d\", \"maxLength\": 9}",
                            MODEL,
                            "{\"a\": \"abc\"}",
                            THE_NEW),
                    rules(
                            "a column",
                            "\"type\": \"integer\"",
                            "\"type\": \"integer\", \"x-column\": {\"name\": \"a\", \"type\": \"INTEGER\"}",
                            ADDITION,
                            "1",
                            NEITHER),
                    rules(
                            "a column of another type",
                            "\"x-column\": {\"name\": \"a\", \"type\": \"INTEGER\"}",
                            "\"x-column\": {\"name\": \"a\", \"type\": \"BIGINT\"}",
                            MODEL,
                            "1",
                            NEITHER),
                    rules(
                            "a column removed",
                            "\"x-column\": {\"name\": \"a\", \"type\": \"INTEGER\"}",
                            "",
                            MODEL,
                            "1",
                            NEITHER),
                    of(
                            "personal data better protected, so that readers find a hash",
                            field("a", ""),
                            field("a", "").replace("none", "hash"),
                            REVISION,
                            "{\"a\": \"x\"}",
                            NEITHER));

    @ParameterizedTest
    @FieldSource("CASES")
    void asksForTheVersionThatTheChangeDeserves(Case change) {
        Contract older = contract("1-0-0", change.older());
        Contract newer = contract("1-0-1", change.newer());

        List<Change> changes = ContractEvolution.changes(older, newer);

        assertThat(changes).isNotEmpty();
        assertThat(changes.stream().map(Change::level).reduce(ADDITION, SchemaDiffTest::higher))
                .isEqualTo(change.level());
        assertThat(ContractEvolution.changes(older, contract("1-0-1", change.older()))).isEmpty();
    }

    /// The event of each case does what the rule is there for.
    @ParameterizedTest
    @FieldSource("CASES")
    void isShownByAnEventThatBreaks(Case change) {
        JsonNode event = JsonMapper.shared().readTree(change.event());

        assertThat(accepts(contract("1-0-0", change.older()), event))
                .isEqualTo(change.refusedBy() != THE_OLD);
        assertThat(accepts(contract("1-0-1", change.newer()), event))
                .isEqualTo(change.refusedBy() != THE_NEW);
    }

    @Test
    void saysWhatChangedAndWhere() {
        Contract older =
                contract(
                        "1-0-0",
                        fields(field("price", "\"type\": \"number\", \"minimum\": 0") + "," + A));
        Contract newer =
                contract("1-0-1", fields(field("price", "\"type\": \"number\", \"minimum\": 1")));

        assertThat(ContractEvolution.changes(older, newer))
                .extracting(Change::toString)
                .containsExactly(
                        "/properties/price minimum is 1, before 0", "/properties/a is removed");
    }

    @Test
    void doesNotMindWords() {
        String remarks = "\"title\": \"Other\", \"examples\": [1], \"default\": 2";

        assertThat(
                        ContractEvolution.changes(
                                contract("1-0-0", fields(field("a", ""))),
                                contract("1-0-1", fields(field("a", remarks)))))
                .isEmpty();
    }

    @Test
    void doesNotMindHowTheSameIsWritten() {
        assertThat(
                        ContractEvolution.changes(
                                contract(
                                        "1-0-0",
                                        "\"$defs\": {\"d\": {\"type\": \"string\"}}, "
                                                + fields(field("a", "\"$ref\": \"#/$defs/d\""))),
                                contract("1-0-1", fields(A))))
                .isEmpty();
        assertThat(
                        ContractEvolution.changes(
                                contract(
                                        "1-0-0",
                                        fields(
                                                field(
                                                        "a",
                                                        "\"enum\": [\"x\", \"y\"], \"minimum\": 1"))),
                                contract(
                                        "1-0-1",
                                        fields(
                                                field(
                                                        "a",
                                                        "\"enum\": [\"y\", \"x\"], \"minimum\": 1.0")))))
                .isEmpty();
    }

    @Test
    void comesToAnEndWithASchemaThatHoldsItself() {
        String tree =
                "\"$defs\": {\"node\": {\"additionalProperties\": {\"$ref\": \"#/$defs/node\"},"
                        + " \"maxProperties\": %d}}, "
                        + fields(
                                field(
                                        "a",
                                        "\"additionalProperties\": {\"$ref\": \"#/$defs/node\"}"));

        assertThat(
                        ContractEvolution.changes(
                                contract("1-0-0", tree.formatted(3)),
                                contract("1-0-1", tree.formatted(2))))
                .extracting(Change::level)
                .contains(MODEL);
    }

    private static ChangeLevel higher(ChangeLevel one, ChangeLevel other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Contract contract(String version, String schema) {
        return new Versions().with(version, schema).catalog().latest("tap").orElseThrow();
    }

    private static boolean accepts(Contract contract, JsonNode properties) {
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder ->
                                builder.schemaRegistryConfig(
                                        SchemaRegistryConfig.builder()
                                                .formatAssertionsEnabled(true)
                                                .build()));
        Schema schema = registry.getSchema(contract.document());
        return schema.validate(properties).isEmpty();
    }
}
