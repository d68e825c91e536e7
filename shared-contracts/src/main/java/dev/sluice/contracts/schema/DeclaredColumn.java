package dev.sluice.contracts.schema;

import tools.jackson.core.JsonPointer;

/// A warehouse column that a contract asks for; `x-column`.
///
/// @param name column name as written in the contract
/// @param type column type as written in the contract, such as `DECIMAL(18,4)`
/// @param pointer where the value is in the body of the event, such as `/properties/price`
/// @param description what the value means
public record DeclaredColumn(String name, String type, JsonPointer pointer, String description) {}
