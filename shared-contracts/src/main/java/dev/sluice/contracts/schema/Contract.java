package dev.sluice.contracts.schema;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/// What an event of one type must look like, in one version.
///
/// Pointers start at the body of the event: the contract of an event type describes its
/// `properties`, so its field `price` is at `/properties/price`. In the keys of the maps a `*`
/// stands for any index of a list.
///
/// @param document the contract as published, JSON Schema 2020-12; every call gives a copy
/// @param columns warehouse columns the contract asks for, in the order of the document
/// @param piiClasses class of every field, by pointer
/// @param since version that every field came with, by pointer
public record Contract(
        ContractId id,
        JsonNode document,
        Owner owner,
        List<DeclaredColumn> columns,
        Map<String, PiiClass> piiClasses,
        Map<String, SchemaVer> since) {

    /// Name under which the contract of the whole event, without its properties, is kept. Not an
    /// event type.
    public static final String ENVELOPE = "envelope";

    static final EventTypeId ENVELOPE_TYPE = EventTypeId.common(ENVELOPE);

    public Contract {
        columns = List.copyOf(columns);
        piiClasses = Map.copyOf(piiClasses);
        since = Map.copyOf(since);
    }

    @Override
    public JsonNode document() {
        return document.deepCopy();
    }

    boolean isEnvelope() {
        return id.type().equals(ENVELOPE_TYPE);
    }
}
