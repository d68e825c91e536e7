package dev.sluice.loader.publish;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.Row;

/// An event that fits the table.
///
/// @param layout of the row
record ReceivedRow(Receipt receipt, Row row, FileLayout layout) {}
