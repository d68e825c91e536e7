package dev.sluice.enricher.process.domain;

import tools.jackson.databind.JsonNode;

/// Where the fields that rules name are taken from.
interface FieldSource {

    /// The value of a field; the missing node if there is none.
    ///
    /// @throws tools.jackson.core.JacksonException if what holds it is not JSON
    JsonNode at(FieldPath field);
}
