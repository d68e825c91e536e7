package dev.sluice.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What tenants have of their own among the contracts of all.
class TenantContractsTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final TenantId TRAVEL = new TenantId("Travel.de");

    private final Map<String, byte[]> files = new TreeMap<>();

    TenantContractsTest() {
        files.put(
                "envelope/1-0-0.json",
                ContractCatalog.bundled()
                        .envelope()
                        .document()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void showsEachTenantTheCommonTypesAndItsOwn() {
        put("tap", "1-0-0");
        put("tenants/shop/booking", "1-0-0");
        put("tenants/shop/booking", "1-0-1");
        put("tenants/Travel.de/booking", "2-0-0");
        ContractCatalog catalog = catalog();
        ByEventType<List<Contract>> types = catalog.byEventType();

        assertThat(types.find(SHOP, "booking"))
                .extracting(Contract::id)
                .hasToString("[tenants/shop/booking/1-0-0, tenants/shop/booking/1-0-1]");
        assertThat(types.find(TRAVEL, "booking"))
                .extracting(contract -> contract.id().withinTenant())
                .containsExactly("booking/2-0-0");
        assertThat(types.find(new TenantId("other"), "booking")).isNull();
        assertThat(types.find(SHOP, "tap"))
                .isEqualTo(types.find(new TenantId("../any tenant"), "tap"))
                .hasSize(1);
        assertThat(catalog.eventTypes()).containsExactly("tap");
        assertThat(catalog.types())
                .hasToString("[tap, tenants/Travel.de/booking, tenants/shop/booking]");
        assertThat(catalog.contracts()).hasSize(4);
    }

    @Test
    void composesSchemasOfOneNameUnderIdsOfTheirOwn() {
        put("tenants/shop/booking", "1-0-0");
        put("tenants/Travel.de/booking", "1-0-0");
        ContractCatalog catalog = catalog();

        assertThat(catalog.contracts())
                .extracting(contract -> catalog.composed(contract.id()).path("$id").asString())
                .containsExactly(
                        "urn:sluice:event:tenants:Travel.de:booking:1-0-0",
                        "urn:sluice:event:tenants:shop:booking:1-0-0");
    }

    @Test
    void readsPolicies() {
        files.put(new TenantFolder(SHOP).policy(), PolicyFile.of(UnknownTypes.ACCEPT));
        files.put(new TenantFolder(TRAVEL).policy(), PolicyFile.of(UnknownTypes.QUARANTINE));

        assertThat(catalog().policies())
                .isEqualTo(Map.of(SHOP, UnknownTypes.ACCEPT, TRAVEL, UnknownTypes.QUARANTINE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"unknown_types\": \"acept\"}  | unknown_types must be one of quarantine, accept",
                "{\"unknown_types\": \"ACCEPT\"} | unknown_types must be one of quarantine, accept",
                "{\"unknown_types\": true}       | unknown_types must be one of quarantine, accept",
                "{}                              | unknown_types must be one of quarantine, accept",
                "{\"unknown_types\": \"accept\", \"unknown-types\": 1} | has an unknown field; remove all but unknown_types",
                "{\"unknown_types\": \"accept\", \"unknown_types\": \"accept\"} | is not JSON",
                "[]                              | is not a JSON object",
            })
    void saysWhatIsWrongWithAPolicy(String json, String problem) {
        files.put("tenants/shop/policy.json", json.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessageStartingWith("here/tenants/shop/policy.json: " + problem);
    }

    @Test
    void refusesATypeThatIsCommonAndOfTenants() {
        put("tap", "1-0-0");
        put("tenants/shop/tap", "1-0-0");
        put("tenants/Travel.de/tap", "1-0-0");

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessage(
                        "here: event type tap is a common one and added by tenant Travel.de, tenant"
                                + " shop; give the new one another name");
    }

    @Test
    void namesTenTenantsAtMost() {
        put("tap", "1-0-0");
        for (int i = 10; i < 25; i++) {
            put("tenants/t" + i + "/tap", "1-0-0");
        }

        assertThatThrownBy(this::catalog)
                .hasMessageContaining("tenant t19 and 5 more;")
                .hasMessageNotContaining("t20");
    }

    @Test
    void letsNoTenantHaveAnEnvelope() {
        files.put(
                "tenants/shop/envelope/1-0-0.json",
                new String(files.get("envelope/1-0-0.json"), StandardCharsets.UTF_8)
                        .replace("contract:envelope", "contract:tenants:shop:envelope")
                        .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining("envelope")
                .hasMessageContaining("shop");
    }

    @Test
    void wantsTheTenantInTheIdOfADocument() {
        put("tenants/shop/booking", "1-0-0");
        files.put("tenants/other/booking/1-0-0.json", file("tenants/shop/booking/1-0-0.json"));

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessageContaining(
                        "$id must be urn:sluice:contract:tenants:other:booking:1-0-0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenants/../booking/1-0-0.json",
                "tenants/.shop/booking/1-0-0.json",
                "tenants/a b/booking/1-0-0.json",
                "tenants/shop@1/policy.json",
                "tenants/größe/policy.json",
            })
    void refusesATenantWhoseIdIsNoFolder(String name) {
        files.put(name, "{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessageStartingWith("here/" + name + ": tenant id")
                .hasMessageContaining("cannot name a folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventTypeId(new TenantId("../x"), "booking"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenants/shop/1-0-0.json",
                "tenants/shop/policies.json",
                "tenants/shop/a/b/1-0-0.json",
                "tenants//policy.json",
                "tap/examples/1-0-0.json",
            })
    void refusesAFileThatIsNowhere(String name) {
        files.put(name, "{}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::catalog)
                .isInstanceOf(InvalidContract.class)
                .hasMessageStartingWith("here/" + name + ": ");
    }

    @Test
    void readsTheSameFromADirectory(@TempDir Path root) throws IOException {
        put("tenants/shop/booking", "1-0-0");
        put("tenants", "1-0-0");
        files.put(new TenantFolder(SHOP).policy(), PolicyFile.of(UnknownTypes.ACCEPT));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path target = root.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.write(target, file.getValue());
        }

        ContractCatalog read = ContractCatalog.fromDirectory(root);

        assertThat(read.contracts()).isEqualTo(catalog().contracts()).hasSize(2);
        assertThat(read.eventTypes()).containsExactly("tenants");
        assertThat(read.policies()).isEqualTo(Map.of(SHOP, UnknownTypes.ACCEPT));
    }

    @Test
    void tellsPoliciesByName() {
        assertThat(TenantFolder.isPolicy("tenants/shop/policy.json")).isTrue();
        assertThat(TenantFolder.isPolicy("tenants/shop/policy/1-0-0.json")).isFalse();
        assertThat(TenantFolder.isPolicy("tenants/shop/nopolicy.json")).isFalse();
        assertThat(TenantFolder.isPolicy("policy.json")).isFalse();
        assertThat(TenantFolder.isPolicy("tenants/policy.json")).isFalse();
    }

    private ContractCatalog catalog() {
        return ContractCatalog.of("here", files);
    }

    private byte[] file(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    private void put(String type, String version) {
        files.put(
                type + "/" + version + ".json",
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "$id": "urn:sluice:contract:%s:%s", "title": "T", "description": "D",
                 "x-owner": {"team": "t", "contact": "t@example.com"}, "type": "object"}
                """
                        .formatted(type.replace('/', ':'), version)
                        .getBytes(StandardCharsets.UTF_8));
    }
}
