package dev.sluice.validator.process.accept;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.validator.process.accept.AcceptRules.OfType;
import dev.sluice.validator.process.body.BodyFacts;
import dev.sluice.validator.process.type.EventTypeNames;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One pass over the tokens of one event. The contract is known once the event's type has come by;
/// properties that come before it are read a second time.
final class EventScan {

    private static final JsonFactory JSON = new JsonFactory();

    private final AcceptRules rules;
    private final FieldsRule envelope;
    private final TenantId tenant;
    private final EventTypeNames typeNames;
    private final NamesSeen names = new NamesSeen();
    private final Map<FieldUse, String> texts = new EnumMap<>(FieldUse.class);
    private @Nullable String type;
    private @Nullable OfType contract;
    private int propertiesFrom = -1;
    private int propertiesTo;

    EventScan(AcceptRules rules, FieldsRule envelope, TenantId tenant, EventTypeNames typeNames) {
        this.rules = rules;
        this.envelope = envelope;
        this.tenant = tenant;
        this.typeNames = typeNames;
    }

    Optional<AcceptedEvent> read(Bytes body) {
        try {
            if (!readWhole(body) || !readLate(body)) {
                return Optional.empty();
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        String name = texts.get(FieldUse.EVENT_TYPE);
        OfType kept = contract;
        String resolved = type;
        if (name == null || kept == null || resolved == null || !isPinnedTo(kept)) {
            return Optional.empty();
        }
        return Optional.of(new AcceptedEvent(name, resolved, kept.version(), facts()));
    }

    NamesSeen names() {
        return names;
    }

    /// Called with the event's properties.
    boolean properties(JsonToken token, JsonParser parser) {
        if (token != JsonToken.START_OBJECT) {
            return false;
        }
        if (!texts.containsKey(FieldUse.EVENT_TYPE)) {
            propertiesFrom = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            parser.skipChildren();
            propertiesTo = Math.toIntExact(parser.currentLocation().getByteOffset());
            return true;
        }
        OfType found = choose();
        return found != null && found.properties().accepts(token, parser, this);
    }

    /// Called with a text that later steps need.
    void keep(FieldUse use, String text) {
        texts.put(use, text);
    }

    private boolean readWhole(Bytes body) {
        try (JsonParser parser = parser(body.array(), body.offset(), body.length())) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && envelope.accepts(parser, this)
                    && parser.nextToken() == null;
        }
    }

    /// Properties that came before the type, or did not come.
    private boolean readLate(Bytes body) {
        if (contract != null) {
            return true;
        }
        OfType found = choose();
        if (found == null) {
            return false;
        }
        if (propertiesFrom < 0) {
            return !found.required();
        }
        int from = body.offset() + propertiesFrom;
        try (JsonParser parser = parser(body.array(), from, propertiesTo - propertiesFrom)) {
            JsonToken token = parser.nextToken();
            return token != null && found.properties().accepts(token, parser, this);
        }
    }

    private @Nullable OfType choose() {
        String name = texts.get(FieldUse.EVENT_TYPE);
        if (name == null || name.isBlank()) {
            return null;
        }
        type = typeNames.resolve(tenant, name);
        contract = rules.find(tenant, type, texts.get(FieldUse.SCHEMA_VERSION));
        return contract;
    }

    /// A version that comes after the properties may be another one.
    private boolean isPinnedTo(OfType kept) {
        String version = texts.get(FieldUse.SCHEMA_VERSION);
        return version == null || version.equals(kept.version());
    }

    private BodyFacts facts() {
        return new BodyFacts(
                texts.get(FieldUse.EVENT_TS),
                texts.get(FieldUse.SENT_TS),
                texts.get(FieldUse.ANONYMOUS_ID),
                texts.get(FieldUse.USER_ID),
                texts.get(FieldUse.SESSION_ID),
                texts.get(FieldUse.IP),
                texts.get(FieldUse.USER_AGENT));
    }

    private static JsonParser parser(byte[] bytes, int offset, int length) {
        return JSON.createParser(ObjectReadContext.empty(), bytes, offset, length);
    }
}
