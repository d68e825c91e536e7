package dev.sluice.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;

/// How a balance by minute and tenant is printed, and whether it holds.
final class BalanceReport {

    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<MinuteBalance> minutes;
    private final Instant now;

    /// @param now a minute that ended less than ten minutes before may have events on their way
    BalanceReport(List<MinuteBalance> minutes, Instant now) {
        this.minutes = minutes;
        this.now = now;
    }

    /// Prints the minutes, totals and a verdict.
    ///
    /// @param all whether minutes that balance are listed too
    /// @return whether every minute that should balance does
    boolean print(boolean all, PrintWriter out) {
        out.printf(
                "%-20s  %-16s %12s %12s %12s %12s %12s %12s%n",
                "minute",
                "tenant",
                "accepted",
                "loaded",
                "quarantined",
                "duplicates",
                "suppressed",
                "difference");
        minutes.stream()
                .filter(minute -> all || minute.difference() != 0)
                .forEach(minute -> line(minute.minute().toString(), minute, mark(minute), out));
        line("total", total(), "", out);
        long uneven = minutes.stream().filter(this::isUneven).count();
        long inFlight = minutes.stream().filter(this::isInFlight).count();
        out.println(verdict(uneven, inFlight));
        return uneven == 0;
    }

    private static void line(String when, MinuteBalance counts, String mark, PrintWriter out) {
        String text =
                "%-20s  %-16s %,12d %,12d %,12d %,12d %,12d %,12d  %s"
                        .formatted(
                                when,
                                counts.tenant(),
                                counts.accepted(),
                                counts.loaded(),
                                counts.quarantined(),
                                counts.duplicates(),
                                counts.suppressed(),
                                counts.difference(),
                                mark);
        out.println(text.stripTrailing());
    }

    private String verdict(long uneven, long inFlight) {
        if (uneven > 0) {
            return "THE BOOKS DO NOT BALANCE in %d of %d rows. docs/runbooks/books-imbalance.md says how to find the stage."
                    .formatted(uneven, minutes.size());
        }
        return inFlight > 0
                ? "%d rows are in flight, the others balance.".formatted(inFlight)
                : "The books balance (%d rows of a minute and a tenant).".formatted(minutes.size());
    }

    private String mark(MinuteBalance minute) {
        if (isUneven(minute)) {
            return "<-- DOES NOT BALANCE";
        }
        return isInFlight(minute) ? "in flight" : "";
    }

    private boolean isUneven(MinuteBalance minute) {
        return minute.difference() != 0 && isSettled(minute);
    }

    private boolean isInFlight(MinuteBalance minute) {
        return minute.difference() != 0 && !isSettled(minute);
    }

    private boolean isSettled(MinuteBalance minute) {
        return !minute.minute().plus(MINUTE).plus(SETTLE).isAfter(now);
    }

    private MinuteBalance total() {
        return new MinuteBalance(
                Instant.EPOCH,
                "",
                sum(MinuteBalance::accepted),
                sum(MinuteBalance::loaded),
                sum(MinuteBalance::quarantined),
                sum(MinuteBalance::duplicates),
                sum(MinuteBalance::suppressed),
                sum(MinuteBalance::difference));
    }

    private long sum(ToLongFunction<MinuteBalance> column) {
        return minutes.stream().mapToLong(column).sum();
    }
}
