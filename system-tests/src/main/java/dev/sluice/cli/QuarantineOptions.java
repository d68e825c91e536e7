package dev.sluice.cli;

import dev.sluice.quarantine.QuarantineFilter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Instant;

/// Which records of the quarantine.
final class QuarantineOptions {

    @Option(names = "--reason", description = "such as contract_violation or unknown_type")
    @Nullable String reason;

    @Option(names = "--type", description = "of the event, as far as it could be read")
    @Nullable String type;

    @Option(names = "--tenant", description = "whose events")
    @Nullable String tenant;

    @Option(names = "--source", description = "of which source")
    @Nullable String source;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "received how long ago at most (24h), or since when")
    @Nullable Instant since;

    @Option(names = "--id", paramLabel = "QUARANTINE_ID", description = "one record")
    @Nullable String id;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10000",
            description = "at most so many, the oldest first (default: ${DEFAULT-VALUE})")
    int limit = 10_000;

    QuarantineFilter filter() {
        return new QuarantineFilter(reason, type, tenant, source, since, id);
    }
}
