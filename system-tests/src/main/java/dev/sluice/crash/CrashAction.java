package dev.sluice.crash;

import dev.sluice.contracts.stream.Streams;
import dev.sluice.local.s3.S3Operation;

import java.time.Duration;
import java.util.Locale;

/// Something bad that happens to the fleet. `toString` is what a person reads.
public sealed interface CrashAction {

    /// `kill -9`, and a new process after a while.
    record Kill(String task, Duration down) implements CrashAction {
        @Override
        public String toString() {
            return "kill -9 " + task + ", back after " + seconds(down);
        }
    }

    /// `kill -9` of a replay or a compaction, once it has worked for so long.
    record KillBeside(String work, Duration after) implements CrashAction {
        @Override
        public String toString() {
            return "kill -9 a " + work + " when it has worked " + seconds(after);
        }
    }

    /// SIGTERM, and a new process after a while.
    record Terminate(String task, Duration down) implements CrashAction {
        @Override
        public String toString() {
            return "SIGTERM " + task + ", back after " + seconds(down);
        }
    }

    /// SIGSTOP for longer than a lease lives, then SIGCONT: a zombie that believes it owns shards.
    record Freeze(String task, Duration time) implements CrashAction {
        @Override
        public String toString() {
            return "freeze " + task + " for " + seconds(time);
        }
    }

    /// A shard becomes two.
    ///
    /// @param pick which of the open ones, modulo their number
    record Split(String stream, int pick) implements CrashAction {
        @Override
        public String toString() {
            return "split a shard of " + stream;
        }
    }

    /// Two neighbouring shards become one.
    ///
    /// @param pick which of the pairs, modulo their number
    record Merge(String stream, int pick) implements CrashAction {
        @Override
        public String toString() {
            return "merge two shards of " + stream;
        }
    }

    /// Kinesis misbehaves towards one stream's writers and readers for a while.
    record StreamTrouble(Kind kind, String stream, Duration time) implements CrashAction {

        enum Kind {
            THROTTLED,
            FAILING_RECORDS,
            ANSWERS_LOST,
            SLOW,
            ERRORS
        }

        @Override
        public String toString() {
            return stream + " " + words(kind) + " for " + seconds(time);
        }
    }

    /// The next requests to S3 go wrong.
    record StorageTrouble(Kind kind, S3Operation operation, int times) implements CrashAction {

        enum Kind {
            ERRORS,
            SLOW,
            ANSWERS_LOST
        }

        @Override
        public String toString() {
            return "S3 " + operation + " " + words(kind) + ", " + times + " times";
        }
    }

    /// S3 refuses connections.
    record StorageAway(Duration time) implements CrashAction {
        @Override
        public String toString() {
            return "S3 away for " + seconds(time);
        }
    }

    /// The warehouse refuses connections, and cuts those it has.
    record WarehouseAway(Duration time) implements CrashAction {
        @Override
        public String toString() {
            return "Redshift away for " + seconds(time);
        }
    }

    /// The next commits take effect and nobody hears of it.
    record CommitsUnheard(int times) implements CrashAction {
        @Override
        public String toString() {
            return "Redshift loses the answer to " + times + " commits";
        }
    }

    /// DynamoDB misbehaves for a while: leases, load queue, leader's lock and books.
    record TableTrouble(Kind kind, Duration time) implements CrashAction {

        enum Kind {
            THROTTLED,
            ERRORS,
            SLOW,
            ANSWERS_LOST
        }

        @Override
        public String toString() {
            return "DynamoDB " + words(kind) + " for " + seconds(time);
        }
    }

    /// Somebody who does nothing with it takes a lease.
    ///
    /// @param pick which of the open shards of the stream it reads, modulo their number
    record LeaseTheft(Reader reader, int pick) implements CrashAction {

        /// Who reads which stream.
        enum Reader {
            VALIDATOR("sluice-validator", Streams.RAW),
            ARCHIVE("sluice-archive", Streams.RAW),
            ENRICHER("sluice-enricher", Streams.VALID),
            LOADER("sluice-loader", Streams.ENRICHED),
            QUARANTINE("sluice-quarantine", Streams.QUARANTINE),
            DERIVED("sluice-loader-derived", Streams.DERIVED),
            FORWARDER("sluice-domain-forwarder", Streams.DERIVED);

            private final String leaseTable;
            private final String stream;

            Reader(String leaseTable, String stream) {
                this.leaseTable = leaseTable;
                this.stream = stream;
            }

            String leaseTable() {
                return leaseTable;
            }

            String stream() {
                return stream;
            }
        }

        @Override
        public String toString() {
            return "steal a lease of " + reader.leaseTable();
        }
    }

    /// What a stream takes is stamped with a wrong time.
    record ClockSkew(String stream, Duration off, Duration time) implements CrashAction {
        @Override
        public String toString() {
            return stream + "'s clock off by " + seconds(off) + " for " + seconds(time);
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
