package dev.sluice.loader.process;

import dev.sluice.contracts.table.ColumnType;

/// A column as a place in a row.
record TargetColumn(int index, String name, ColumnType type) {}
