package dev.sluice.loader.drift;

import dev.sluice.contracts.table.ColumnType;

import java.util.Optional;

/// A column as the warehouse has it.
///
/// @param type empty for a type that no file has
/// @param sql its type as the warehouse calls it
/// @param mandatory whether it must be given a value
record TableColumn(String name, Optional<ColumnType> type, String sql, boolean mandatory) {}
