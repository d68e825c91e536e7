package dev.sluice.validator.process.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;

import dev.sluice.contracts.rejection.Violation;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

import java.util.List;

/// One contract, composed with the envelope and ready to check whole events. Thread-safe.
///
/// @param id type and version, `page_view/1-0-0`
/// @param version the version alone
record CompiledContract(String id, String version, JsonNode document, Schema schema) {

    /// Places named for one event; a person mends the first few, not the hundredth.
    private static final int MAX_VIOLATIONS = 20;

    /// Stops at the first place that is wrong, which costs a tenth of finding all. Where the
    /// contract asks for an integer the library gives up on numbers beyond 64 bits.
    boolean accepts(JsonNode event) {
        try {
            return schema.validate(event).isEmpty();
        } catch (JsonNodeException beyond) {
            return false;
        }
    }

    /// Where the event breaks the contract, 20 places at most.
    List<Violation> violations(JsonNode event) {
        try {
            return found(event);
        } catch (JsonNodeException beyond) {
            return HugeNumbers.in(event, document);
        }
    }

    private List<Violation> found(JsonNode event) {
        return schema
                .validate(
                        event,
                        (ExecutionContext all) ->
                                all.executionConfig(config -> config.failFast(false)))
                .stream()
                .map(error -> ViolationText.of(error, document))
                .distinct()
                .limit(MAX_VIOLATIONS)
                .toList();
    }
}
