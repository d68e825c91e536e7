package dev.sluice.validator.process.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.InvalidContract;
import dev.sluice.contracts.schema.PolicyFile;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.body.ParsedBody;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class ContractCheckTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final TenantId LENIENT = new TenantId("lenient");
    private static final TenantId STRICT = new TenantId("strict");
    private static final String SENTINEL = "jane.doe@example.com";

    private final ContractCheck check = check(with(Map.of()));

    @Test
    void namesEveryPlaceThatIsWrongByTheContractsOwnWords() {
        ContractVerdict verdict =
                verdict(
                        SHOP,
                        "purchase",
                        """
                        {"event_type":"purchase","user_id":17,"context":{"screen":{"width":-1}},
                         "properties":{"order_id":"o-1","total":1.5,"currency":"%1$s",
                          "products":[{"product_id":"p"},{"product_id":"%1$s","price":"%1$s"},{}]}}"""
                                .formatted(SENTINEL));

        assertThat(violations(verdict))
                .containsExactlyInAnyOrder(
                        new Violation("/user_id", "must be string or null"),
                        new Violation("/context/screen/width", "must be at least 0"),
                        new Violation("/properties/currency", "must match ^[A-Z]{3}$"),
                        new Violation("/properties/products/1/price", "must be number or null"),
                        new Violation("/properties/products/2/product_id", "is missing"));
        assertThat(((ContractVerdict.Broken) verdict).contract()).isEqualTo("purchase/1-0-0");
    }

    @Test
    void namesTwentyPlacesAtMost() {
        String products = "{},".repeat(60) + "{}";

        assertThat(
                        violations(
                                verdict(
                                        SHOP,
                                        "purchase",
                                        "{\"event_type\":\"purchase\",\"properties\":{\"products\":["
                                                + products
                                                + "]}}")))
                .hasSize(20);
    }

    @Test
    void takesTheLatestVersionWhenNoneIsNamed(@TempDir Path folder) throws IOException {
        ContractCheck twoVersions = check(twoVersions(folder));

        assertThat(twoVersions.check(SHOP, "page_view", body("{\"event_type\":\"page_view\"}")))
                .isEqualTo(new ContractVerdict.Kept("1-1-0"));
        assertThat(
                        twoVersions.check(
                                SHOP,
                                "page_view",
                                body("{\"event_type\":\"page_view\",\"schema_version\":null}")))
                .isEqualTo(new ContractVerdict.Kept("1-1-0"));
    }

    @Test
    void takesTheVersionThatIsNamed(@TempDir Path folder) throws IOException {
        ContractCheck twoVersions = check(twoVersions(folder));
        String withName =
                "{\"event_type\":\"page_view\",\"schema_version\":\"%s\",\"properties\":{\"name\":7}}";

        assertThat(twoVersions.check(SHOP, "page_view", body(withName.formatted("1-0-0"))))
                .isInstanceOf(ContractVerdict.Broken.class);
        assertThat(twoVersions.check(SHOP, "page_view", body(withName.formatted("1-1-0"))))
                .isEqualTo(new ContractVerdict.Kept("1-1-0"));
    }

    @Test
    void namesTheVersionsThereAreForOneThatIsNot(@TempDir Path folder) throws IOException {
        ContractCheck twoVersions = check(twoVersions(folder));

        for (String version : List.of("\"9-0-0\"", "\"" + SENTINEL + "\"", "17", "{}", "\"\"")) {
            ContractVerdict verdict =
                    twoVersions.check(
                            SHOP,
                            "page_view",
                            body(
                                    "{\"event_type\":\"page_view\",\"schema_version\":"
                                            + version
                                            + "}"));

            assertThat(violations(verdict))
                    .containsExactly(
                            new Violation("/schema_version", "must be one of [1-0-0, 1-1-0]"));
        }
    }

    @Test
    void keepsAnUnknownTypeAsideUnlessTheTenantAcceptsIt() {
        String event = "{\"event_type\":\"coffee_brewed\",\"properties\":{\"cups\":2}}";

        assertThat(verdict(SHOP, "coffee_brewed", event))
                .isEqualTo(
                        new ContractVerdict.Broken(
                                new Rejection.UnknownType("coffee_brewed"), null));
        assertThat(verdict(LENIENT, "coffee_brewed", event))
                .isEqualTo(new ContractVerdict.Kept("1-0-0"));
    }

    @Test
    void prefersWhatATenantSaysToTheServicesOwnDefault() {
        CompiledContracts contracts = new CompiledContracts(with(Map.of()));
        ContractCheck accepting = new ContractCheck(() -> contracts, UnknownTypes.ACCEPT);
        ParsedBody.Event event = body("{\"event_type\":\"coffee_brewed\"}");

        assertThat(accepting.check(SHOP, "coffee_brewed", event))
                .isEqualTo(new ContractVerdict.Kept("1-0-0"));
        assertThat(accepting.check(STRICT, "coffee_brewed", event))
                .isEqualTo(
                        new ContractVerdict.Broken(
                                new Rejection.UnknownType("coffee_brewed"), null));
    }

    /// The contracts of both tenants have a part of the same name, which must not be mixed up.
    @Test
    void holdsAnEventAgainstItsOwnTenantsContract() {
        ContractCheck own =
                check(
                        with(
                                Map.of(
                                        "tenants/shop/coffee_brewed/1-0-0.json",
                                        coffee(SHOP, "1-0-0", "{\"type\": \"integer\"}"),
                                        "tenants/lenient/coffee_brewed/1-0-0.json",
                                        coffee(LENIENT, "1-0-0", "{\"type\": \"string\"}"),
                                        "tenants/lenient/coffee_brewed/1-1-0.json",
                                        coffee(LENIENT, "1-1-0", "{\"type\": \"boolean\"}"))));
        String event =
                "{\"event_type\":\"coffee_brewed\",\"schema_version\":%s,\"properties\":{\"cups\":%s}}";
        ParsedBody.Event number = body(event.formatted("null", "2"));

        assertThat(own.check(SHOP, "coffee_brewed", number))
                .isEqualTo(new ContractVerdict.Kept("1-0-0"));
        ContractVerdict other = own.check(LENIENT, "coffee_brewed", number);
        assertThat(violations(other))
                .containsExactly(new Violation("/properties/cups", "must be boolean"));
        assertThat(((ContractVerdict.Broken) other).contract()).isEqualTo("coffee_brewed/1-1-0");
        assertThat(
                        own.check(
                                LENIENT,
                                "coffee_brewed",
                                body(event.formatted("\"1-0-0\"", "\"two\""))))
                .isEqualTo(new ContractVerdict.Kept("1-0-0"));
        assertThat(
                        violations(
                                own.check(
                                        SHOP,
                                        "coffee_brewed",
                                        body(event.formatted("\"1-1-0\"", "2")))))
                .containsExactly(new Violation("/schema_version", "must be one of [1-0-0]"));
        assertThat(own.check(STRICT, "coffee_brewed", number))
                .isEqualTo(
                        new ContractVerdict.Broken(
                                new Rejection.UnknownType("coffee_brewed"), null));
    }

    @Test
    void holdsAnAcceptedUnknownTypeAgainstTheEnvelope() {
        ContractVerdict verdict =
                verdict(
                        LENIENT,
                        "coffee_brewed",
                        "{\"event_type\":\"coffee_brewed\",\"anonymous_id\":[]}");

        assertThat(violations(verdict))
                .containsExactly(new Violation("/anonymous_id", "must be string or null"));
    }

    @Test
    void neverAcceptsATypeThatCannotBeNamed() {
        assertThat(verdict(LENIENT, "日本語", "{\"event_type\":\"日本語\"}"))
                .isInstanceOf(ContractVerdict.Broken.class);
    }

    @Test
    void survivesNumbersThatNoTypeHolds() {
        ContractVerdict verdict =
                verdict(
                        SHOP,
                        "purchase",
                        "{\"event_type\":\"purchase\",\"context\":{\"screen\":{\"width\":1e400}},"
                                + "\"properties\":{\"order_id\":\"1\",\"total\":-1e999,"
                                + "\"currency\":\"EUR\",\"products\":[]}}");

        assertThat(violations(verdict))
                .extracting(Violation::pointer)
                .contains("/context/screen/width", "/properties/total");
    }

    @Test
    void hidesNamesThatTheSenderChose() {
        JsonNode document =
                JsonMapper.shared()
                        .readTree(
                                """
                                {"properties":{"a~/b":{"additionalProperties":{"properties":
                                 {"size":{}}}},"list":{"items":{"properties":{"id":{}}}}}}""");

        assertThat(ContractPointer.known("/a~0~1b/%s/size".formatted(SENTINEL), document))
                .isEqualTo("/a~0~1b/*/size");
        assertThat(ContractPointer.known("/list/3/id", document)).isEqualTo("/list/3/id");
        assertThat(ContractPointer.known("/%s/3".formatted(SENTINEL), document)).isEqualTo("/*/*");
        assertThat(ContractPointer.known("", document)).isEmpty();
    }

    /// The library throws on these instead of judging them.
    @Test
    void refusesANumberBeyondAllIntegersWhereOneIsAskedFor() {
        ContractVerdict verdict =
                verdict(
                        LENIENT,
                        "purchase",
                        """
                        {"event_type":"purchase","properties":{"order_id":"o","total":1,"currency":"EUR",
                         "products":[{"product_id":"p","quantity":1e308}]}}""");

        assertThat(violations(verdict))
                .containsExactly(
                        new Violation(
                                "/properties/products/0/quantity",
                                "must be a number that 64 bits hold"));
    }

    @Test
    void refusesACatalogThatIsNoJsonSchema(@TempDir Path folder) throws IOException {
        ContractCatalog bundled = ContractCatalog.bundled();
        write(folder, "envelope/1-0-0.json", bundled.envelope().document().toString());
        String pageView = bundled.latest("page_view").orElseThrow().document().toString();
        write(
                folder,
                "page_view/1-0-0.json",
                pageView.replaceFirst("\"maxLength\":256", "\"pattern\":\"([\""));
        ContractCatalog broken = ContractCatalog.fromDirectory(folder);

        assertThatThrownBy(() -> new CompiledContracts(broken))
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining("page_view/1-0-0");
    }

    /// The bundled page view as 1-0-0, and a 1-1-0 in which a name may be anything.
    private static ContractCatalog twoVersions(Path folder) throws IOException {
        ContractCatalog bundled = ContractCatalog.bundled();
        String pageView = bundled.latest("page_view").orElseThrow().document().toString();
        write(folder, "envelope/1-0-0.json", bundled.envelope().document().toString());
        write(folder, "page_view/1-0-0.json", pageView);
        write(
                folder,
                "page_view/1-1-0.json",
                pageView.replace("page_view:1-0-0", "page_view:1-1-0")
                        .replaceFirst(
                                "\"type\":\\[\"string\",\"null\"]",
                                "\"type\":[\"string\",\"null\",\"integer\"]"));
        return ContractCatalog.fromDirectory(folder);
    }

    private static void write(Path folder, String name, String json) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json);
    }

    private static ContractCheck check(ContractCatalog catalog) {
        CompiledContracts contracts = new CompiledContracts(catalog);
        return new ContractCheck(() -> contracts, UnknownTypes.QUARANTINE);
    }

    /// The bundled contracts, what a lenient and a strict tenant want, and more.
    private static ContractCatalog with(Map<String, String> more) {
        Map<String, byte[]> files = new TreeMap<>(ContractCatalog.bundledFiles());
        files.put(new TenantFolder(LENIENT).policy(), PolicyFile.of(UnknownTypes.ACCEPT));
        files.put(new TenantFolder(STRICT).policy(), PolicyFile.of(UnknownTypes.QUARANTINE));
        more.forEach((name, json) -> files.put(name, json.getBytes(StandardCharsets.UTF_8)));
        return ContractCatalog.of("here", files);
    }

    /// A contract of a tenant's own.
    private static String coffee(TenantId tenant, String version, String cups) {
        return """
               {"$schema": "https://json-schema.org/draft/2020-12/schema",
                "$id": "urn:sluice:contract:tenants:%s:coffee_brewed:%s", "title": "T",
                "description": "D", "x-owner": {"team": "t", "contact": "t@example.com"},
                "type": "object", "properties": {"cups": {"$ref": "#/$defs/cups",
                 "description": "D", "x-pii": "none", "x-since": "1-0-0"}},
                "$defs": {"cups": %s}}
               """
                .formatted(tenant, version, cups);
    }

    private ContractVerdict verdict(TenantId tenant, String type, String json) {
        return check.check(tenant, type, body(json));
    }

    private static ParsedBody.Event body(String json) {
        return (ParsedBody.Event) new BodyParser().parse(Bytes.utf8(json));
    }

    private static List<Violation> violations(ContractVerdict verdict) {
        Rejection why = ((ContractVerdict.Broken) verdict).rejection();
        assertThat(why).isInstanceOf(Rejection.ContractViolation.class);
        assertThat(why.message()).doesNotContain(SENTINEL);
        return why.violations();
    }
}
