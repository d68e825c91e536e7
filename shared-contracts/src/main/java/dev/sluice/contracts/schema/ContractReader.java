package dev.sluice.contracts.schema;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/// Reads one contract file and refuses it when what this house adds to JSON Schema is missing or
/// wrong. Whether the schema itself is sound is the matter of the validator that compiles it.
final class ContractReader {

    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ContractReader() {}

    static Contract read(ContractId id, String file, byte[] json) {
        JsonNode document = parse(file, json);
        requireText(file, document, "$schema", DIALECT);
        requireText(
                file, document, "$id", "urn:sluice:contract:" + id.toString().replace('/', ':'));
        requireText(file, document, "type", "object");
        for (String name : List.of("title", "description")) {
            text(file, document, name);
        }
        boolean envelope = id.type().equals(Contract.ENVELOPE_TYPE);
        FieldWalk fields = new FieldWalk(file, document);
        fields.walk(document, envelope ? "" : "/properties");
        return new Contract(
                id,
                document,
                owner(file, document),
                fields.columns(),
                fields.piiClasses(),
                fields.since());
    }

    /// A JSON object, strictly.
    static JsonNode parse(String file, byte[] json) {
        try {
            JsonNode document = MAPPER.readTree(json);
            if (document.isObject()) {
                return document;
            }
        } catch (JacksonException e) {
            throw new InvalidContract(file, "is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new InvalidContract(file, "is not a JSON object");
    }

    private static Owner owner(String file, JsonNode document) {
        JsonNode owner = document.path("x-owner");
        if (!owner.path("team").isString() || !owner.path("contact").isString()) {
            throw new InvalidContract(file, "x-owner needs a team and a contact");
        }
        return new Owner(owner.path("team").stringValue(), owner.path("contact").stringValue());
    }

    private static void requireText(String file, JsonNode document, String name, String wanted) {
        String found = text(file, document, name);
        if (!found.equals(wanted)) {
            throw new InvalidContract(file, "%s must be %s, not %s".formatted(name, wanted, found));
        }
    }

    private static String text(String file, JsonNode document, String name) {
        JsonNode value = document.path(name);
        if (!value.isString() || value.stringValue().isBlank()) {
            throw new InvalidContract(file, name + " is missing or not a text");
        }
        return value.stringValue();
    }
}
