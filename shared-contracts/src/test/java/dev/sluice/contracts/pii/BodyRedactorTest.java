package dev.sluice.contracts.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.schema.ContractCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class BodyRedactorTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final Pseudonyms PSEUDONYMS =
            new Pseudonyms(
                    List.of(
                            new PseudonymKey("k2", PseudonymSecret.of("b".repeat(32))),
                            new PseudonymKey("k1", PseudonymSecret.of("a".repeat(32)))));
    private static final EventRules RULES = new EventRules(ContractCatalog.bundled());

    private final Set<PiiKind> kinds = EnumSet.noneOf(PiiKind.class);

    @Test
    void givesTheSameBytesBackWhenNothingIsPersonal() {
        Bytes body =
                Bytes.utf8(
                        """
                        {"event_type": "page_view", "context": {"page": {"url": "https://shop.example/p/1?size=42"}},
                         "properties": {"page_name": "Lamps", "list": [1, 2.50, true, null]}}""");

        assertThat(redact("page_view", body)).isSameAs(body);
        assertThat(kinds).isEmpty();
    }

    @Test
    void scrubsWhatItsContractMasks() {
        assertThat(
                        properties(
                                "message_sent",
                                "{\"message_text\": \"mail \\\"eva\\\" at eva@mail.example\\nor 030 23125 014\"}"))
                .isEqualTo(json("{'message_text': 'mail \\'eva\\' at [email]\\nor [phone]'}"));
        assertThat(kinds).containsExactly(PiiKind.EMAIL, PiiKind.PHONE);
    }

    @Test
    void keepsFreeTextThatItsContractCallsNotPersonal() {
        assertThat(properties("message_sent", "{\"message_id\": \"a@mail.example\"}"))
                .isEqualTo(json("{'message_id': 'a@mail.example'}"));
    }

    @Test
    void hashesAndDropsWhatItsContractSays() {
        JsonNode left =
                properties(
                        "identify",
                        "{\"email\": \"Eva@Mail.example\", \"name\": \"Eva Muster\", \"plan\": \"gold\", \"phone\": null}");

        assertThat(left.path("email").stringValue())
                .isEqualTo(PSEUDONYMS.of(SHOP, "eva@mail.example"))
                .matches("h:k2:[A-Za-z0-9_-]{22}");
        assertThat(left.path("name").isNull()).isTrue();
        assertThat(left.path("plan").stringValue()).isEqualTo("gold");
        assertThat(kinds).containsExactlyInAnyOrder(PiiKind.EMAIL, PiiKind.FIELD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'note': 'call 030 23125 014'}     | {'note': 'call [phone]'}",
                "{'first_name': 'Eva'}              | {'first_name': null}",
                "{'customerFirstName': 'Eva'}       | {'customerFirstName': null}",
                "{'shipping': {'name': 'Eva', 'street': 'Weg 1', 'country': 'DE'}}"
                        + " | {'shipping': {'name': null, 'street': null, 'country': 'DE'}}",
                "{'product': {'name': 'Lamp'}}      | {'product': {'name': 'Lamp'}}",
                "{'email_verified': true, 'prompt_tokens': 1532, 'token': 17}"
                        + " | {'email_verified': true, 'prompt_tokens': 1532, 'token': 17}",
                "{'address': {'city': 'Berlin'}}    | {'address': null}",
                "{'ip_address': '203.0.113.77'}     | {'ip_address': '203.0.113.0'}",
                "{'link': 'https://u:p@x.example/?token=abc&b=1'}"
                        + " | {'link': 'https://[secret]@x.example/?token=[secret]&b=1'}",
                "{'deep': [[{'t': ['x@mail.example']}]]} | {'deep': [[{'t': ['[email]']}]]}",
                "{'api_key': 'abc', 'pageToken': 'abc'} | {'api_key': null, 'pageToken': 'abc'}"
            })
    void goesByNamesWhereNoContractSaysAnything(String given, String expected) {
        assertThat(properties("something_new", json(given).toString())).isEqualTo(json(expected));
    }

    @Test
    void hashesNumbersOfTellingNames() {
        assertThat(
                        properties("something_new", "{\"phone\": 493023125014}")
                                .path("phone")
                                .asString())
                .startsWith("h:k2:");
        assertThat(properties("something_new", "{\"phone\": 12}").path("phone").asInt())
                .isEqualTo(12);
    }

    @Test
    void replacesIdsThatHoldAnAddressAlikeEverywhere() {
        JsonNode left =
                read(
                        redact(
                                "alias",
                                Bytes.utf8(
                                        """
                                        {"user_id": "eva@mail.example", "anonymous_id": "7f3a-11", "session_id": "s 030 23125 014",
                                         "properties": {"previous_id": "EVA@mail.example"}}""")));

        String pseudonym = BodyRedactor.with(PSEUDONYMS).pseudonymOf(SHOP, "eva@mail.example");
        assertThat(left.path("user_id").stringValue()).isEqualTo(pseudonym);
        assertThat(left.at("/properties/previous_id").stringValue()).isEqualTo(pseudonym);
        assertThat(left.path("anonymous_id").stringValue()).isEqualTo("7f3a-11");
        assertThat(left.path("session_id").stringValue()).startsWith("h:k2:");
        assertThat(kinds).containsExactly(PiiKind.ID);
    }

    @Test
    void truncatesTheAddressOfTheContext() {
        assertThat(
                        read(redact(
                                        "page_view",
                                        Bytes.utf8("{\"context\":{\"ip\":\"2001:db8:1:2:3::4\"}}")))
                                .at("/context/ip")
                                .stringValue())
                .isEqualTo("2001:db8:1::");
        assertThat(kinds).isEmpty();
    }

    @Test
    void staysWithinTheBoundsOfContractAndColumn() {
        String query = "a".repeat(504) + " a@b.example";
        String left =
                properties("search", "{\"query\": \"x" + query.substring(6) + "\"}")
                        .path("query")
                        .stringValue();
        assertThat(left.codePointCount(0, left.length())).isLessThanOrEqualTo(512);

        String full = "ä".repeat(500) + " a@b.example";
        assertThat(
                        properties("search", "{\"query\": \"" + full.substring(0, 512) + "\"}")
                                .path("query")
                                .asString())
                .hasSizeLessThanOrEqualTo(512);
    }

    @Test
    void readsWhatTheCursorDoesNot() {
        String deep = "[".repeat(80) + "\"a@mail.example\"" + "]".repeat(80);
        assertThat(properties("something_new", "{\"v\": " + deep + "}").toString())
                .contains("[email]")
                .doesNotContain("mail.example");
        Bytes body =
                Bytes.utf8(
                        "{\"properties\": {\"em\\u0061il\": \"a@mail.example\", \"price\": 1.10}}");
        assertThat(redact("something_new", body).asUtf8()).contains("\"h:k2:").contains("1.10");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> redact("page_view", Bytes.utf8("[1]")))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> redact("page_view", Bytes.utf8("{\"a\": ")))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void usesTokensWithoutKeys() {
        Bytes body =
                Bytes.utf8(
                        "{\"user_id\":\"a@mail.example\",\"properties\":{\"email\":\"a@mail.example\"}}");

        Bytes left = BodyRedactor.withoutKeys().redact(SHOP, RULES.ofUnknown(), body, kinds);

        assertThat(left.asUtf8())
                .isEqualTo("{\"user_id\":\"[id]\",\"properties\":{\"email\":\"[email]\"}}");
    }

    @Test
    void recognisesPseudonymsOfOlderKeys() {
        List<String> all = PSEUDONYMS.all(SHOP, "+49 30 23125-014");
        assertThat(all).hasSize(2).first().asString().startsWith("h:k2:");
        assertThat(all.getLast()).startsWith("h:k1:");
        assertThat(PSEUDONYMS.all(SHOP, "0049 (30) 23125014")).isEqualTo(all);
        assertThat(PSEUDONYMS.all(new TenantId("other"), "+493023125014"))
                .doesNotContainAnyElementsOf(all);
        assertThat(new PseudonymKey("k1", PseudonymSecret.of("a".repeat(32))).toString())
                .contains("[REDACTED]");
        assertThatThrownBy(
                        () ->
                                new Pseudonyms(
                                        List.of(
                                                new PseudonymKey(
                                                        "k1", PseudonymSecret.of("short")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("short");
    }

    private JsonNode properties(String type, String properties) {
        return read(redact(type, Bytes.utf8("{\"properties\":" + properties + "}")))
                .path("properties");
    }

    private Bytes redact(String type, Bytes body) {
        return BodyRedactor.with(PSEUDONYMS)
                .redact(SHOP, RULES.of(SHOP, type, "1-0-0"), body, kinds);
    }

    private static JsonNode read(Bytes body) {
        return JsonMapper.shared().readTree(body.toArray());
    }

    private static JsonNode json(String quoted) {
        return JsonMapper.shared()
                .readTree(
                        quoted.replace("\\'", "\u0001")
                                .replace('\'', '"')
                                .replace("\u0001", "\\\""));
    }
}
