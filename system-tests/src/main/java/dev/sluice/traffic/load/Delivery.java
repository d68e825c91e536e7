package dev.sluice.traffic.load;

import dev.sluice.traffic.Expectation;

/// What became of the copies of one event. A copy is one place in one batch; tries of a batch are
/// not copies.
///
/// @param acknowledged copies that were acknowledged; the collector owes the event when there is
///     one
/// @param refused copies of which every try was refused
/// @param unknown copies without a 200 of which a try had no answer
/// @param unanswered tries without an answer over all copies: that many more may have reached the
///     collector
public record Delivery(
        String eventId,
        Expectation expectation,
        int acknowledged,
        int refused,
        int unknown,
        int unanswered) {

    /// Copies that were sent and are settled.
    public int copies() {
        return acknowledged + refused + unknown;
    }

    Delivery settled(Outcome outcome, int unansweredTries) {
        return new Delivery(
                eventId,
                expectation,
                acknowledged + (outcome == Outcome.ACKNOWLEDGED ? 1 : 0),
                refused + (outcome == Outcome.REFUSED ? 1 : 0),
                unknown + (outcome == Outcome.UNKNOWN ? 1 : 0),
                unanswered + unansweredTries);
    }
}
