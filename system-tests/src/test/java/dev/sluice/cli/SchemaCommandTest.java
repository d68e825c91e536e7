package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.schema.ContractCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class SchemaCommandTest {

    @TempDir Path folder;

    @Test
    void findsNothingWrongWithItsOwnContracts() {
        SluiceRun check = SluiceRun.of("schema", "check");

        assertThat(check.exit()).isZero();
        assertThat(check.out()).contains("22 contracts keep the rules");
    }

    @Test
    void namesThePropertyThatBreaksReaders() throws IOException {
        bundled();
        TapContract.write(folder, "1-0-0", TapContract.FORCE);
        TapContract.write(folder, "1-0-1", TapContract.field("force", "string", "1-0-0"));

        SluiceRun check = SluiceRun.of("schema", "check", "--contracts", folder.toString());

        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err())
                .contains(
                        "tap/1-0-1: /properties/force type is string, before integer; after 1-0-0"
                                + " that needs version 2-0-0");
    }

    @Test
    void namesWhatIsNoJsonSchema() throws IOException {
        bundled();
        TapContract.write(folder, "1-0-0", TapContract.field("force", "strnig", "1-0-0"));

        SluiceRun check = SluiceRun.of("schema", "check", "--contracts", folder.toString());

        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err()).contains("tap/1-0-0").contains("/properties/force/type");
    }

    @Test
    void writesACatalogueThatPeopleCanRead() throws IOException {
        bundled();
        TapContract.write(folder, "1-0-0", TapContract.FORCE);
        TapContract.write(
                folder, "1-0-1", TapContract.FORCE, TapContract.field("finger", "string", "1-0-1"));
        Path page = folder.resolve("catalogue.html");

        SluiceRun docs =
                SluiceRun.of(
                        "schema",
                        "docs",
                        "--contracts",
                        folder.toString(),
                        "--out",
                        page.toString());

        assertThat(docs.err()).isEmpty();
        assertThat(Files.readString(page))
                .contains("<h2>Tap</h2>", "hands@example.com", "What &lt;force&gt; means.")
                .contains("1-0-1: /properties/finger is new")
                .contains("products[].product_id", "order_total DECIMAL(18,4)")
                .contains("&quot;force&quot; : 3");
    }

    @Test
    void proposesAContractThatCanBePublished() throws IOException {
        bundled();
        Path events = folder.resolve("events.ndjson");
        StringBuilder lines = new StringBuilder("no JSON\n{\"event_type\":\"other\"}\n");
        for (int i = 0; i < 30; i++) {
            lines.append(
                    """
                    {"event_type":"tap","properties":{"force":%d,"at":"2026-11-27T10:00:%02dZ","email":"a%d@b.example","tags":["x"]%s}}
                    """
                            .formatted(i, i, i, i % 2 == 0 ? ",\"finger\":\"index\"" : ""));
        }
        Files.writeString(events, lines);

        SluiceRun infer =
                SluiceRun.of(
                        "schema",
                        "infer",
                        "--type",
                        "tap",
                        "--team",
                        "hands",
                        "--contact",
                        "hands@example.com",
                        events.toString());

        assertThat(infer.err()).contains("proposed from 30 events; check x-pii");
        assertThat(infer.out()).doesNotContain("index", "b.example");
        JsonNode contract = JsonMapper.shared().readTree(infer.out());
        assertThat(contract.path("required").toString())
                .isEqualTo("[\"at\",\"email\",\"force\",\"tags\"]");
        assertThat(contract.at("/properties/email/x-pii").stringValue()).isEqualTo("hash");
        assertThat(contract.at("/properties/email").has("x-column")).isFalse();
        assertThat(contract.at("/properties/at/x-column/type").stringValue())
                .isEqualTo("TIMESTAMP");
        assertThat(contract.at("/properties/finger/type").toString())
                .isEqualTo("[\"string\",\"null\"]");
        Files.createDirectories(folder.resolve("tap"));
        Files.writeString(folder.resolve("tap/1-0-0.json"), infer.out());
        assertThat(SluiceRun.of("schema", "check", "--contracts", folder.toString()).err())
                .isEmpty();
    }

    @Test
    void proposesFromWhatTheQuarantineHolds() throws IOException {
        List<QuarantineRecord> refused = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            refused.add(
                    QuarantineRecord.of(
                            "validator",
                            new QuarantineId("sluice-raw", "s", "1", i),
                            new Rejection.UnknownType("tap"),
                            null,
                            "tap",
                            null,
                            Instant.EPOCH,
                            "{\"event_type\":\"tap\",\"properties\":{\"force\":3}}"
                                    .getBytes(StandardCharsets.UTF_8)));
        }
        Path object = folder.resolve("object.ndjson.gz");
        Files.write(object, QuarantineFile.of("n", refused).getFirst().content());

        SluiceRun infer =
                SluiceRun.of(
                        "schema",
                        "infer",
                        "--type",
                        "tap",
                        "--team",
                        "hands",
                        "--contact",
                        "hands@example.com",
                        object.toString());

        assertThat(infer.err()).contains("proposed from 5 events");
        assertThat(infer.out()).contains("\"force\"");
    }

    @Test
    void holdsATenantsContractsAgainstTheCommonOnes() throws IOException {
        TapContract.write("shop", folder, "1-0-0", TapContract.FORCE);
        Files.writeString(folder.resolve("policy.json"), "{\"unknown_types\": \"accept\"}");
        assertThat(ofShop().err()).isEmpty();

        Files.createDirectories(folder.resolve("purchase"));
        Files.writeString(
                folder.resolve("purchase/1-0-0.json"),
                Files.readString(folder.resolve("tap/1-0-0.json"))
                        .replace("shop:tap", "shop:purchase"));

        SluiceRun hiding = ofShop();
        assertThat(hiding.exit()).isEqualTo(1);
        assertThat(hiding.err())
                .contains("event type purchase is a common one and added by tenant shop");
    }

    @Test
    void namesThePolicyThatSaysNothing() throws IOException {
        Files.writeString(folder.resolve("policy.json"), "{\"unknown_types\": \"perhaps\"}");

        SluiceRun check = ofShop();

        assertThat(check.exit()).isEqualTo(1);
        assertThat(check.err())
                .contains("tenants/shop/policy.json: unknown_types must be one of")
                .contains("quarantine, accept");
    }

    @Test
    void wantsTheFolderOfATenantAndATenantThatCanHaveOne() {
        assertThat(SluiceRun.of("schema", "check", "--tenant", "shop").err())
                .contains("name the folder of the tenant's contracts: --contracts DIR");
        SluiceRun unsafe =
                SluiceRun.of(
                        "schema", "policy", "--tenant", "../shop", "--unknown-types", "accept");
        assertThat(unsafe.exit()).isEqualTo(1);
        assertThat(unsafe.err()).contains("tenant id ../shop cannot name a folder");
        assertThat(
                        SluiceRun.of(
                                        "schema",
                                        "policy",
                                        "--tenant",
                                        "shop",
                                        "--unknown-types",
                                        "perhaps")
                                .exit())
                .isEqualTo(2);
    }

    @Test
    void describesWhatTenantsHaveInASectionOfTheirOwn() throws IOException {
        bundled();
        Path shop = folder.resolve("tenants/shop");
        TapContract.write("shop", shop, "1-0-0", TapContract.FORCE);
        Files.writeString(shop.resolve("policy.json"), "{\"unknown_types\": \"accept\"}");
        Path page = folder.resolve("catalogue.html");

        SluiceRun docs =
                SluiceRun.of(
                        "schema",
                        "docs",
                        "--contracts",
                        folder.toString(),
                        "--out",
                        page.toString());

        assertThat(docs.err()).isEmpty();
        String html = Files.readString(page);
        assertThat(html.substring(html.indexOf("Event types of tenants")))
                .contains("<a href=\"#tenants/shop/tap\">shop: tap</a>")
                .contains("<section id=\"tenants/shop/tap\"><h2>Tap</h2>")
                .contains("<code>tap</code> 1-0-0 of tenant <code>shop</code>")
                .contains("Events of <code>shop</code> whose type has no contract: accept.")
                .doesNotContain("Purchase");
    }

    @Test
    void proposesFromWhatTheQuarantineHoldsOfOneTenant() throws IOException {
        List<QuarantineRecord> refused = new ArrayList<>();
        for (String tenant : List.of("shop", "travel", "shop")) {
            refused.add(refused(new TenantId(tenant), refused.size()));
        }
        Path object = folder.resolve("object.ndjson.gz");
        Files.write(object, QuarantineFile.of("n", refused).getFirst().content());

        SluiceRun infer =
                SluiceRun.of(
                        "schema",
                        "infer",
                        "--tenant",
                        "shop",
                        "--type",
                        "tap",
                        "--team",
                        "hands",
                        "--contact",
                        "hands@example.com",
                        object.toString());

        assertThat(infer.err()).contains("proposed from 2 events");
        assertThat(infer.out()).contains("urn:sluice:contract:tenants:shop:tap:1-0-0");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(SluiceRun.of("schema", "check", "--contracts", "nowhere").err())
                .contains("no folder nowhere");
        assertThat(SluiceRun.of("schema", "publish", "--data", folder.toString()).err())
                .contains("no fleet has been started on " + folder);
    }

    private SluiceRun ofShop() {
        return SluiceRun.of(
                "schema", "check", "--tenant", "shop", "--contracts", folder.toString());
    }

    private static QuarantineRecord refused(TenantId tenant, int index) {
        Receipt receipt =
                new Receipt(
                        new EventId("e-" + index),
                        tenant,
                        new SourceId("web"),
                        Instant.EPOCH,
                        tenant + "/device",
                        null,
                        null,
                        null);
        return QuarantineRecord.of(
                "validator",
                new QuarantineId("sluice-raw", "s", "1", index),
                new Rejection.UnknownType("tap"),
                receipt,
                "tap",
                null,
                Instant.EPOCH,
                "{\"event_type\":\"tap\",\"properties\":{\"force\":3}}"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void bundled() throws IOException {
        for (Map.Entry<String, byte[]> file : ContractCatalog.bundledFiles().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.resolveSibling("."));
            Files.write(target, file.getValue());
        }
    }
}
