package dev.sluice.runtime.identity;

import dev.sluice.runtime.failure.SetupFailure;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An id as an item of DynamoDB. Links and members are string sets: adding to one needs no reading
/// before, and adding twice changes nothing.
final class IdentityItem {

    static final String PERSON = "person";
    static final String OWNER = "owner_id";
    static final String KIND = "id_kind";
    static final String ID = "id_value";
    static final String LINKS = "links";
    static final String MEMBERS = "members";

    private IdentityItem() {}

    static Map<String, AttributeValue> key(String person) {
        return Map.of(PERSON, AttributeValue.fromS(person));
    }

    /// Microseconds since 1970, person and event, apart by spaces; the last may have some itself.
    static String text(Link link) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, link.since())
                + " "
                + link.person()
                + " "
                + link.eventId();
    }

    /// @param place of the item, for the message
    /// @throws SetupFailure if it is none of ours
    static Identity read(Map<String, AttributeValue> item, String place) {
        String person = required(item, PERSON, place);
        return new Identity(
                new IdRef(
                        person,
                        required(item, OWNER, place),
                        required(item, KIND, place),
                        required(item, ID, place)),
                links(item, place),
                Set.copyOf(set(item, MEMBERS)));
    }

    static LinkHistory links(Map<String, AttributeValue> item, String place) {
        try {
            return LinkHistory.of(set(item, LINKS).stream().map(IdentityItem::link).toList());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new SetupFailure(place + " has an item with a link that is none", e);
        }
    }

    private static Link link(String text) {
        String[] parts = text.split(" ", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException("of three parts some are not there");
        }
        Instant since = Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS);
        return new Link(since, parts[1], parts[2]);
    }

    private static List<String> set(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? List.of() : value.ss();
    }

    private static String required(
            Map<String, AttributeValue> item, String attribute, String place) {
        AttributeValue value = item.get(attribute);
        if (value == null || value.s() == null) {
            throw new SetupFailure(place + " has an item without " + attribute);
        }
        return value.s();
    }
}
