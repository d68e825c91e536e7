package dev.sluice.loader.quarantine;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.rejection.Violation;
import dev.sluice.loader.Fixtures;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Quarantine records for tests.
public final class Refused {

    private Refused() {}

    /// An event whose price is no number.
    ///
    /// @param sequence of the record of the raw stream that held it
    public static QuarantineRecord event(int sequence, String body) {
        Receipt receipt =
                Receipt.decode(
                        Fixtures.search("acme", "e" + sequence, Fixtures.RECEIVED).receipt());
        return QuarantineRecord.of(
                "validator",
                position(sequence, 0),
                new Rejection.ContractViolation(
                        "page_view/1-0-0",
                        List.of(new Violation("/properties/price", "must be a number"))),
                receipt,
                "page_view",
                "page_view/1-0-0",
                Fixtures.RECEIVED.plusSeconds(1),
                body.getBytes(StandardCharsets.UTF_8));
    }

    /// The same event, refused once more.
    ///
    /// @param sequence of the record that brought it again
    public static QuarantineRecord again(QuarantineRecord refused, int sequence) {
        return new QuarantineRecord(
                position(sequence, 0).toString(),
                refused.stage(),
                refused.reason(),
                refused.message(),
                refused.violations(),
                refused.receipt(),
                refused.eventType(),
                refused.contract(),
                refused.quarantinedTs().plusSeconds(60),
                refused.original(),
                null);
    }

    /// A frame that nobody can read.
    public static QuarantineRecord frame(int sequence, byte... bytes) {
        return QuarantineRecord.of(
                "validator",
                position(sequence, QuarantineId.WHOLE_FRAME),
                new Rejection.DecodeFailure("no frame"),
                null,
                null,
                null,
                Fixtures.RECEIVED.plusSeconds(1),
                bytes);
    }

    private static QuarantineId position(int sequence, int index) {
        return new QuarantineId(
                "sluice-raw", "shardId-000000000000", String.valueOf(sequence), index);
    }
}
