package dev.sluice.cli;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.quarantine.Quarantine;
import dev.sluice.quarantine.QuarantineFilter;
import dev.sluice.quarantine.Verdicts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What the quarantine has of a time and would pass now.
///
/// @param tenant null for all
/// @param type null for all
record ReturningEvents(
        Path data, Instant from, Instant to, @Nullable String tenant, @Nullable String type) {

    private static final int MOST = 1_000_000;
    private static final Duration RESEND_AFTER = Duration.ofHours(1);

    /// How many there are.
    long count() throws IOException, SQLException {
        try (QuarantineAccess access = QuarantineAccess.open(data)) {
            Quarantine quarantine = access.quarantine();
            Verdicts verdicts = access.verdicts();
            return records(quarantine).stream()
                    .filter(record -> passes(record, quarantine, verdicts))
                    .count();
        }
    }

    /// Sends them again.
    ///
    /// @return how many were sent
    long send() throws IOException, SQLException {
        try (QuarantineAccess access = QuarantineAccess.open(data)) {
            List<QuarantineRecord> records = records(access.quarantine());
            return records.isEmpty()
                    ? 0
                    : access.sending(replay -> replay.send(records, RESEND_AFTER)).sent();
        }
    }

    private List<QuarantineRecord> records(Quarantine quarantine) throws SQLException {
        return quarantine
                .find(new QuarantineFilter(null, type, tenant, null, from, null), MOST)
                .stream()
                .filter(record -> record.receivedTs().isBefore(to))
                .toList();
    }

    private static boolean passes(
            QuarantineRecord record, Quarantine quarantine, Verdicts verdicts) {
        Receipt receipt = record.receipt();
        return receipt != null
                && verdicts.refusal(
                                receipt,
                                quarantine
                                        .mended(record)
                                        .orElseGet(() -> quarantine.original(record)))
                        .isEmpty();
    }
}
