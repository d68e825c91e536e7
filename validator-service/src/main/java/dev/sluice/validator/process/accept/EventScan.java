package dev.sluice.validator.process.accept;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonKind;
import dev.sluice.validator.process.accept.AcceptRules.OfType;
import dev.sluice.validator.process.body.BodyFacts;
import dev.sluice.validator.process.type.EventTypeNames;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// One pass over one event. The contract is known once the event's type has come by;
/// properties that come before it are read a second time.
final class EventScan {

    private static final int USES = FieldUse.values().length;

    private final AcceptRules rules;
    private final FieldsRule envelope;
    private final TenantId tenant;
    private final EventTypeNames typeNames;
    private final JsonCursor cursor;
    private final NamesSeen names;
    private final @Nullable String[] texts = new String[USES];
    private @Nullable String type;
    private @Nullable OfType contract;
    private int lateProperties = -1;

    EventScan(
            AcceptRules rules,
            FieldsRule envelope,
            TenantId tenant,
            EventTypeNames typeNames,
            Bytes body) {
        this.rules = rules;
        this.envelope = envelope;
        this.tenant = tenant;
        this.typeNames = typeNames;
        cursor = new JsonCursor(body.array(), body.offset(), body.length());
        names = new NamesSeen(cursor);
    }

    Optional<AcceptedEvent> read() {
        if (!readWhole() || !readLate()) {
            return Optional.empty();
        }
        String name = text(FieldUse.EVENT_TYPE);
        OfType kept = contract;
        String resolved = type;
        if (name == null || kept == null || resolved == null || !isPinnedTo(kept)) {
            return Optional.empty();
        }
        return Optional.of(new AcceptedEvent(name, resolved, kept.version(), facts()));
    }

    JsonCursor cursor() {
        return cursor;
    }

    NamesSeen names() {
        return names;
    }

    /// Called with the event's properties.
    ///
    /// @param kind of the value
    boolean properties(int kind) {
        if (kind != JsonKind.OBJECT) {
            return false;
        }
        if (text(FieldUse.EVENT_TYPE) == null) {
            lateProperties = cursor.position();
            return cursor.skip(kind);
        }
        OfType found = choose();
        return found != null && found.properties().accepts(kind, this);
    }

    /// Called with a text that later steps need.
    void keep(FieldUse use, String text) {
        texts[use.ordinal()] = text;
    }

    private @Nullable String text(FieldUse use) {
        return texts[use.ordinal()];
    }

    private boolean readWhole() {
        return cursor.value() == JsonKind.OBJECT && envelope.accepts(this) && cursor.isAtEnd();
    }

    /// Properties that came before the type, or did not come.
    private boolean readLate() {
        if (contract != null) {
            return true;
        }
        OfType found = choose();
        if (found == null) {
            return false;
        }
        if (lateProperties < 0) {
            return !found.required();
        }
        cursor.reenter(lateProperties);
        return found.properties().accepts(JsonKind.OBJECT, this);
    }

    private @Nullable OfType choose() {
        String name = text(FieldUse.EVENT_TYPE);
        if (name == null || name.isBlank()) {
            return null;
        }
        type = typeNames.resolve(tenant, name);
        contract = rules.find(tenant, type, text(FieldUse.SCHEMA_VERSION));
        return contract;
    }

    /// A version that comes after the properties may be another one.
    private boolean isPinnedTo(OfType kept) {
        String version = text(FieldUse.SCHEMA_VERSION);
        return version == null || version.equals(kept.version());
    }

    private BodyFacts facts() {
        return new BodyFacts(
                text(FieldUse.EVENT_TS),
                text(FieldUse.SENT_TS),
                text(FieldUse.ANONYMOUS_ID),
                text(FieldUse.USER_ID),
                text(FieldUse.SESSION_ID),
                text(FieldUse.IP),
                text(FieldUse.USER_AGENT));
    }
}
