package dev.sluice.contracts.schema;

import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// A tenant's policy: `{"unknown_types": "accept"}` or `{"unknown_types": "quarantine"}`.
public final class PolicyFile {

    private static final String UNKNOWN_TYPES = "unknown_types";

    private PolicyFile() {}

    /// The content of a policy.
    public static byte[] of(UnknownTypes unknownTypes) {
        return "{\"%s\": \"%s\"}\n"
                .formatted(UNKNOWN_TYPES, unknownTypes.text())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// @throws InvalidContract if it says anything else than a policy can
    static UnknownTypes read(String file, byte[] json) {
        JsonNode policy = ContractReader.parse(file, json);
        for (String field : policy.propertyNames()) {
            if (!field.equals(UNKNOWN_TYPES)) {
                throw new InvalidContract(
                        file, "has an unknown field; remove all but " + UNKNOWN_TYPES);
            }
        }
        String said = policy.path(UNKNOWN_TYPES).asString("");
        return Arrays.stream(UnknownTypes.values())
                .filter(each -> each.text().equals(said))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidContract(
                                        file,
                                        "%s must be one of %s"
                                                .formatted(UNKNOWN_TYPES, allowed())));
    }

    private static String allowed() {
        return Arrays.stream(UnknownTypes.values())
                .map(UnknownTypes::text)
                .collect(Collectors.joining(", "));
    }
}
