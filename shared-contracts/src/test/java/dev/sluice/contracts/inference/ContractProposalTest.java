package dev.sluice.contracts.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.evolution.ContractEvolution;
import dev.sluice.contracts.schema.Contract;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.EventTypeId;
import dev.sluice.contracts.schema.Owner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

class ContractProposalTest {

    private static final EventTypeId PROPOSED = EventTypeId.common("proposed");
    private static final Owner OWNER = new Owner("team", "team@example.com");

    static Stream<Contract> contracts() {
        return ContractCatalog.bundled().contracts().stream();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void isKeptByTheEventsItWasMadeFromAndCanBePublished(Contract contract) {
        ContractProposal proposal = new ContractProposal(PROPOSED, OWNER);
        List<JsonNode> events = contract.document().path("examples").valueStream().toList();
        events.forEach(proposal::add);

        Contract proposed = read(proposal);

        assertThat(events)
                .allSatisfy(
                        event ->
                                assertThat(
                                                SchemaRegistry.withDefaultDialect(
                                                                SpecificationVersion.DRAFT_2020_12)
                                                        .getSchema(proposed.document())
                                                        .validate(event))
                                        .isEmpty());
    }

    @Test
    void requiresOnlyWhatMostEventsHaveShown() {
        assertThat(proposed(3, "{\"a\":1}").path("required").isMissingNode()).isTrue();
        assertThat(proposed(20, "{\"a\":1}").path("required").toString()).isEqualTo("[\"a\"]");
        assertThat(proposed(20, "{\"a\":null}").path("required").isMissingNode()).isTrue();
    }

    @Test
    void leavesRoomAndUnitesTypes() {
        ContractProposal proposal = new ContractProposal(PROPOSED, OWNER);
        for (String event :
                List.of(
                        "{\"a\":1,\"b\":\"x\"}",
                        "{\"a\":1.5,\"b\":\"%s\"}".formatted("y".repeat(100)),
                        "{\"b\":true}")) {
            proposal.add(JsonMapper.shared().readTree(event));
        }
        JsonNode document = read(proposal).document();

        assertThat(document.at("/properties/a/type").toString()).isEqualTo("[\"number\",\"null\"]");
        assertThat(document.at("/properties/a/x-column/type").stringValue())
                .isEqualTo("DOUBLE PRECISION");
        assertThat(document.at("/properties/b/type").toString())
                .isEqualTo("[\"boolean\",\"string\",\"null\"]");
        assertThat(document.at("/properties/b/maxLength").intValue()).isEqualTo(256);
        assertThat(document.at("/properties/b").has("x-column")).isFalse();
    }

    @Test
    void guessesWhatIsAboutPeople() {
        JsonNode document =
                proposed(
                        1,
                        """
                        {"email": "a", "shipping_address": {"street": "b"}, "ip": "c", "tip": "d", "comment": "e", "size": 1}
                        """);

        assertThat(document.at("/properties/email/x-pii").stringValue()).isEqualTo("hash");
        assertThat(document.at("/properties/shipping_address/x-pii").stringValue())
                .isEqualTo("drop");
        assertThat(document.at("/properties/ip/x-pii").stringValue()).isEqualTo("mask");
        assertThat(document.at("/properties/tip/x-pii").stringValue()).isEqualTo("none");
        assertThat(document.at("/properties/comment/x-pii").stringValue()).isEqualTo("mask");
        assertThat(document.at("/properties/size/x-pii").stringValue()).isEqualTo("none");
    }

    private static JsonNode proposed(int times, String event) {
        ContractProposal proposal = new ContractProposal(PROPOSED, OWNER);
        for (int i = 0; i < times; i++) {
            proposal.add(JsonMapper.shared().readTree(event));
        }
        return read(proposal).document();
    }

    /// As a registry would read it beside the bundled contracts.
    private static Contract read(ContractProposal proposal) {
        Map<String, byte[]> files = new TreeMap<>(ContractCatalog.bundledFiles());
        files.put("proposed/1-0-0.json", proposal.json().getBytes(StandardCharsets.UTF_8));
        ContractCatalog catalog = ContractCatalog.of("test", files);
        assertThat(ContractEvolution.check(catalog)).isEmpty();
        return catalog.latest("proposed").orElseThrow();
    }

    @Test
    void namesTheTenantWhoseTypeItIs() {
        ContractProposal proposal =
                new ContractProposal(new EventTypeId(new TenantId("shop"), "proposed"), OWNER);

        assertThat(proposal.json()).contains("urn:sluice:contract:tenants:shop:proposed:1-0-0");
    }
}
