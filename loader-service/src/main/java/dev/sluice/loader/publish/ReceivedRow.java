package dev.sluice.loader.publish;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.loader.process.Row;

/// An event that fits the table.
record ReceivedRow(Receipt receipt, Row row) {}
