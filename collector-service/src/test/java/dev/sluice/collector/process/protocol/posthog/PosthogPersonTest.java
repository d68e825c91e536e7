package dev.sluice.collector.process.protocol.posthog;

import static dev.sluice.collector.process.protocol.Requests.only;
import static dev.sluice.collector.process.protocol.Requests.post;
import static dev.sluice.collector.process.protocol.Requests.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

/// Whose `distinct_id` it is, and what events about persons and groups keep.
class PosthogPersonTest {

    private final PosthogCapture posthog =
            new PosthogCapture(new ForeignReader(BodyLimits.DEFAULT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'$lib':'posthog-node'",
                "'$lib':'web','$is_identified':true",
                "'$lib':'web','$user_id':'u'"
            })
    void takesTheDistinctIdForTheUser(String properties) {
        JsonNode event = event("e", "u", properties);

        assertThat(event.get("user_id").asString()).isEqualTo("u");
        assertThat(event.has("anonymous_id")).isFalse();
    }

    @Test
    void knowsTheDeviceOfAUser() {
        JsonNode event = event("e", "u", "'$lib':'web','$user_id':'u','$device_id':'d'");

        assertThat(event.get("user_id").asString()).isEqualTo("u");
        assertThat(event.get("anonymous_id").asString()).isEqualTo("d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'$device_id':'d'",
                "'$lib':'web'",
                "'$lib':'web','$device_id':'d'",
                "'$is_identified':false",
                "'$lib':'posthog-node','$is_identified':false"
            })
    void takesTheDistinctIdForTheDeviceBeforeItsUserIsKnown(String properties) {
        JsonNode event = event("e", "d", properties);

        assertThat(event.get("anonymous_id").asString()).isEqualTo("d");
        assertThat(event.has("user_id")).isFalse();
    }

    @Test
    void findsTheDistinctIdAmongThePropertiesToo() {
        assertThat(read("{'event':'e','properties':{'distinct_id':'u'}}").get("user_id").asString())
                .isEqualTo("u");
    }

    @Test
    void leavesAnEventOfNobodyWithoutIds() {
        JsonNode event = read("{'event':'e','distinct_id':null}");

        assertThat(event.has("user_id")).isFalse();
        assertThat(event.has("anonymous_id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"$anon_distinct_id\":\"a\"', a",
        "'\"$anon_distinct_id\":\"a\",\"$device_id\":\"d\"', a",
        "'\"$device_id\":\"d\"', d",
        "'\"$lib\":\"web\",\"$device_id\":\"d\",\"$is_identified\":false', d"
    })
    void knowsBothUserAndDeviceOnceTheUserIsIdentified(String properties, String anonymousId) {
        JsonNode event = event("$identify", "u", properties);

        assertThat(event.get("user_id").asString()).isEqualTo("u");
        assertThat(event.get("anonymous_id").asString()).isEqualTo(anonymousId);
    }

    @Test
    void tellsWhichIdAnAliasStandsFor() {
        JsonNode event = event("$create_alias", "u", "'distinct_id':'u','alias':'a'");

        assertThat(event.get("user_id").asString()).isEqualTo("u");
        assertThat(event.at("/properties/previous_id").asString()).isEqualTo("a");
    }

    @Test
    void keepsWhatIsSetOfAPerson() {
        JsonNode event =
                event("$identify", "u", "'$set':{'plan':'pro'},'$set_once':{'first':1},'a':1");

        assertThat(event.at("/context/posthog"))
                .isEqualTo(tree("{'$set':{'plan':'pro'},'$set_once':{'first':1}}"));
        assertThat(event.get("properties")).isEqualTo(tree("{'a':1}"));
    }

    @Test
    void keepsWhatIsSetOfAPersonBesideTheProperties() {
        JsonNode event = read("{'event':'$set','$set':{'plan':'pro'},'$set_once':{'first':1}}");

        assertThat(event.at("/context/posthog"))
                .isEqualTo(tree("{'$set':{'plan':'pro'},'$set_once':{'first':1}}"));
    }

    @Test
    void keepsBothOfWhatIsSetInTwoPlaces() {
        JsonNode event = read("{'event':'e','$set':{'a':1},'properties':{'$set':{'b':2}}}");

        assertThat(event.at("/context/posthog").toString()).contains("{\"a\":1}", "{\"b\":2}");
    }

    @Test
    void keepsWhatIsSaidOfAGroup() {
        String said = "'$group_type':'company','$group_key':'c-1','$group_set':{'name':'Acme'}";

        JsonNode event = event("$groupidentify", "u", said);

        assertThat(event.get("event_type").asString()).isEqualTo("$groupidentify");
        assertThat(event.at("/context/posthog")).isEqualTo(tree("{" + said + "}"));
    }

    @Test
    void keepsTheGroupsOfAnEvent() {
        JsonNode event = event("e", "u", "'$groups':{'company':'c-1'}");

        assertThat(event.at("/context/posthog/$groups/company").asString()).isEqualTo("c-1");
    }

    private JsonNode event(String name, String distinctId, String properties) {
        return read(
                "{'api_key':'k','batch':[{'event':'%s','distinct_id':'%s','properties':{%s}}]}"
                        .formatted(name, distinctId, properties));
    }

    private JsonNode read(String body) {
        return only(posthog.read(post("/batch", body)));
    }
}
