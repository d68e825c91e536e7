package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

class ContractCatalogTest {

    private static final SchemaVer FIRST = new SchemaVer(1, 0, 0);
    private static final String TAP =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:sluice:contract:tap:VERSION",
             "title": "Tap", "description": "A tap.", "x-owner": {"team": "t", "contact": "t@example.com"},
             "type": "object", "required": ["force"], "additionalProperties": true, "properties": {
               "force": {"type": "integer", "description": "Newton.", "x-pii": "none", "x-since": "1-0-0",
                         "x-column": {"name": "tap_force", "type": "INTEGER"}},
               "by": {"type": "array", "description": "Who.", "x-pii": "none", "x-since": "1-0-0",
                      "items": {"type": "string", "description": "Name.", "x-pii": "hash", "x-since": "1-0-0"}}}}
            """;

    @TempDir Path root;

    @BeforeEach
    void copyEnvelope() throws IOException {
        write("envelope/1-0-0.json", ContractCatalog.bundled().envelope().document().toString());
    }

    @Test
    void findsVersionsAndTheLatest() throws IOException {
        for (String version : new String[] {"1-0-0", "1-0-9", "1-0-10"}) {
            write("tap/" + version + ".json", TAP.replace("VERSION", version));
        }
        ContractCatalog catalog = ContractCatalog.fromDirectory(root);

        assertThat(catalog.eventTypes()).containsExactly("tap");
        assertThat(catalog.latest("tap").orElseThrow().id()).hasToString("tap/1-0-10");
        assertThat(catalog.find("tap", SchemaVer.parse("1-0-9"))).isPresent();
        assertThat(catalog.find("tap", SchemaVer.parse("1-0-8"))).isEmpty();
        assertThat(catalog.find("swipe", FIRST)).isEmpty();
        assertThat(catalog.latest("swipe")).isEmpty();
        assertThat(catalog.contracts())
                .extracting(contract -> contract.id().version().toString())
                .containsExactly("1-0-0", "1-0-9", "1-0-10");
    }

    @Test
    void readsOwnerColumnsAndPiiClasses() throws IOException {
        write("tap/1-0-0.json", TAP.replace("VERSION", "1-0-0"));
        Contract tap = ContractCatalog.fromDirectory(root).latest("tap").orElseThrow();

        assertThat(tap.owner()).isEqualTo(new Owner("t", "t@example.com"));
        assertThat(tap.columns()).hasSize(1);
        assertThat(tap.columns().getFirst().name()).isEqualTo("tap_force");
        assertThat(tap.columns().getFirst().pointer()).hasToString("/properties/force");
        assertThat(tap.piiClasses())
                .containsEntry("/properties/by/*", PiiClass.HASH)
                .containsEntry("/properties/force", PiiClass.NONE);
    }

    @Test
    void composesOneSchemaForAWholeEvent() throws IOException {
        write("tap/1-0-0.json", TAP.replace("VERSION", "1-0-0"));
        JsonNode event = ContractCatalog.fromDirectory(root).composed(new ContractId("tap", FIRST));

        assertThat(event.at("/properties/properties/properties/force/type").asString())
                .isEqualTo("integer");
        assertThat(event.at("/properties/context/properties/page").isObject()).isTrue();
        assertThat(event.at("/properties/properties").has("$id")).isFalse();
        assertThat(event.path("$id").asString()).isEqualTo("urn:sluice:event:tap:1-0-0");
        assertThat(event.path("required").toString()).isEqualTo("[\"event_type\",\"properties\"]");
    }

    @Test
    void composesTheEnvelopeAloneForAnUnknownType() {
        ContractCatalog catalog = ContractCatalog.fromDirectory(root);
        assertThat(catalog.composed(new ContractId("swipe", FIRST)))
                .isEqualTo(catalog.envelope().document());
    }

    @Test
    void refusesToComposeAVersionThatIsNotThere() {
        ContractCatalog catalog = ContractCatalog.bundled();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> catalog.composed(new ContractId("search", new SchemaVer(7, 0, 0))))
                .withMessage("no contract search/7-0-0, there are [1-0-0]");
    }

    @Test
    void doesNotChangeWhenAGivenDocumentIsChanged() {
        ContractCatalog catalog = ContractCatalog.bundled();
        ContractId search = new ContractId("search", FIRST);
        JsonNode before = catalog.composed(search);
        ((ObjectNode) catalog.envelope().document()).removeAll();
        ((ObjectNode) catalog.latest("search").orElseThrow().document()).removeAll();
        ((ObjectNode) catalog.composed(search)).removeAll();

        assertThat(catalog.composed(search)).isEqualTo(before);
    }

    @Test
    void readsFromADirectoryWhatIsBundled() throws Exception {
        Path bundled =
                Path.of(Objects.requireNonNull(getClass().getResource("/contracts")).toURI());
        assertThat(ContractCatalog.fromDirectory(bundled).contracts())
                .isEqualTo(ContractCatalog.bundled().contracts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tap/latest.json   | {}   | version is not model-revision-addition",
                "Tap/1-0-0.json    | {}   | event type must be",
                "1-0-0.json        | {}   | is not at <event type>/<version>.json",
                "tap/1-0-0.json    | {    | is not JSON",
                "tap/1-0-0.json    | []   | is not a JSON object",
                "tap/1-0-0.json    | {} 1 | is not JSON",
                "tap/1-0-0.json    | {}   | $schema is missing",
            })
    void namesTheFileThatCannotBeRead(String name, String json, String problem) throws IOException {
        write(name, json);
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining(root.resolve(name).toString())
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "draft/2020-12              | draft-07          | $schema must be",
                "urn:sluice:contract:tap    | urn:other         | $id must be urn:sluice:contract:tap:1-0-0",
                "\"type\": \"object\"       | \"type\": \"string\" | type must be object",
                "\"title\": \"Tap\",        | ''                | title is missing",
                "\"contact\"                | \"mail\"          | x-owner needs a team and a contact",
                "\"x-pii\": \"hash\"        | \"x-pii\": \"no\" | field /properties/by/* needs x-pii",
                "\"x-pii\": \"hash\"        | \"x-pi\": \"hash\" | field /properties/by/* needs x-pii",
                "\"x-pii\": \"hash\", \"x-since\": \"1-0-0\" | \"x-pii\": \"hash\" | field /properties/by/* needs x-since",
                "\"description\": \"Newton.\", | ''             | field /properties/force has no description",
                "\"name\": \"tap_force\", \"type\": | \"type\": | x-column of /properties/force needs a name",
                "\"description\": \"Name.\", | \"description\": \"Name.\", \"x-column\": {}, | inside a list: /properties/by/*",
                "\"title\": \"Tap\",        | \"title\": \"Tap\", \"title\": \"Tip\", | is not JSON",
            })
    void saysWhatIsWrongWithAContract(String from, String to, String problem) throws IOException {
        String broken = TAP.replace("VERSION", "1-0-0").replace(from, to);
        assertThat(broken).isNotEqualTo(TAP.replace("VERSION", "1-0-0"));
        write("tap/1-0-0.json", broken);
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining("1-0-0.json: ")
                .hasMessageContaining(problem);
    }

    @Test
    void followsReferencesWithinAFile() throws IOException {
        String referring =
                TAP.replace("VERSION", "1-0-0")
                        .replace(
                                "\"type\": \"object\",",
                                "\"type\": \"object\", \"$defs\": {\"who\": {\"type\": \"object\", \"properties\":"
                                        + " {\"mail\": {\"description\": \"Address.\", \"x-pii\": \"hash\", \"x-since\": \"1-0-0\"}}}},")
                        .replace(
                                "\"properties\": {\n",
                                "\"properties\": {\"who\": {\"$ref\": \"#/$defs/who\", \"description\": \"Who.\","
                                        + " \"x-pii\": \"none\", \"x-since\": \"1-0-0\"},\n");
        write("tap/1-0-0.json", referring);
        ContractCatalog catalog = ContractCatalog.fromDirectory(root);

        Contract tap = catalog.latest("tap").orElseThrow();
        assertThat(tap.piiClasses()).containsEntry("/properties/who/mail", PiiClass.HASH);
        assertThat(
                        catalog.composed(tap.id())
                                .at("/properties/properties/properties/who/$ref")
                                .stringValue())
                .isEqualTo("#/properties/properties/$defs/who");
    }

    @Test
    void refusesAFieldThatHoldsItself() throws IOException {
        write(
                "tap/1-0-0.json",
                TAP.replace("VERSION", "1-0-0")
                        .replace(
                                "\"items\": {\"type\": \"string\",",
                                "\"items\": {\"$ref\": \"#/properties/by\","));
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining("/properties/by/*");
    }

    @Test
    void needsAnEnvelope() throws IOException {
        Files.delete(root.resolve("envelope/1-0-0.json"));
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root))
                .isInstanceOf(InvalidContract.class)
                .hasMessage(root + ": has no contract envelope");
    }

    @Test
    void needsAPlaceForPropertiesInTheEnvelope() throws IOException {
        ObjectNode envelope = (ObjectNode) ContractCatalog.bundled().envelope().document();
        ((ObjectNode) envelope.path("properties")).remove("properties");
        write("envelope/1-0-0.json", envelope.toString());
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining("envelope/1-0-0");
    }

    @Test
    void namesTheDirectoryThatIsMissing() {
        assertThatThrownBy(() -> ContractCatalog.fromDirectory(root.resolve("gone")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("gone");
    }

    private void write(String name, String json) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, json);
    }
}
