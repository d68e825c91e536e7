package dev.sluice.cli;

import dev.sluice.fleet.FleetEndpoints;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;

/// `sluice books`: is everything that was accepted accounted for.
@Command(
        name = "books",
        description = {
            "Balances accepted = loaded + quarantined + duplicates + suppressed, by the minute of",
            "receipt and the tenant. Lists what does not balance: minutes that ended less than ten",
            "minutes ago may have events in flight; with an older one the command exits 1."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice books                                    the last hour",
            "  sluice books --minutes 5 --all                  every one of the last five minutes",
            "  sluice books --since 24h",
            "  sluice books --since 2026-11-21T10:00:00Z --minutes 30",
        })
final class BooksCommand implements Callable<Integer> {

    private static final Duration LAST = Duration.ofHours(1);

    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin DataOption folder = new DataOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "how long ago (90s, 1h) or when (2026-11-21T10:00:00Z); default: 1h")
    @Nullable Instant since;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "how many minutes: from --since on, or else the last ones")
    @Nullable Integer minutes;

    @Option(names = "--all", description = "list minutes that balance, too")
    boolean all;

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() throws Exception {
        FleetEndpoints fleet = FleetEndpoints.readFrom(folder.data);
        PrintWriter out = spec.commandLine().getOut();
        Instant now = clock.instant();
        Instant from = from(now);
        try (Connection warehouse =
                DriverManager.getConnection(
                        fleet.jdbcUrl(), fleet.jdbcUser(), fleet.jdbcPassword())) {
            boolean balances =
                    new BalanceReport(MinuteBalance.read(warehouse, from, until(from, now)), now)
                            .print(all, out);
            out.flush();
            return balances ? 0 : 1;
        }
    }

    private Instant from(Instant now) {
        Instant from = since;
        if (from == null) {
            from = now.minus(minutes == null ? LAST : Duration.ofMinutes(minutes - 1L));
        }
        return from.truncatedTo(ChronoUnit.MINUTES);
    }

    /// The minute of now is the last one.
    private Instant until(Instant from, Instant now) {
        return minutes == null
                ? now.plus(Duration.ofMinutes(1))
                : from.plus(Duration.ofMinutes(minutes));
    }
}
