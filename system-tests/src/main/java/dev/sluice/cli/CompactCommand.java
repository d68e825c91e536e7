package dev.sluice.cli;

import dev.sluice.fleet.FleetBucket;
import dev.sluice.loader.compact.CompactLimits;
import dev.sluice.loader.compact.CompactPipeline;
import dev.sluice.loader.compact.Compaction;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/// `sluice compact`: few large files of many small ones, now.
@Command(
        name = "compact",
        description = {
            "Makes a few large files, sorted by person and time, of the files that an hour",
            "of events has in the bucket, and lists them for Athena in their place. The",
            "loader does it by itself two hours after an hour is over; this does it at",
            "once. It may run beside the loader, and be stopped at any time. The old files",
            "stay for queries under way, until the loader deletes them. A file counts here",
            "half a minute after it is loaded."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  sluice compact --hour 2026-11-21T10",
            "  sluice compact --day 2026-11-21 --bucket my-lake",
        })
final class CompactCommand implements Callable<Integer> {

    private static final int HOURS_A_DAY = 24;

    @Spec CommandSpec spec = CommandSpec.create();

    @ArgGroup(multiplicity = "1")
    When when = new When();

    @Mixin BucketOption where = new BucketOption();

    @Option(
            names = "--file-size-mb",
            paramLabel = "MB",
            defaultValue = "192",
            description = "of a file that is made, about (default: ${DEFAULT-VALUE})")
    int fileSizeMb;

    @Option(
            names = "--memory-mb",
            paramLabel = "MB",
            defaultValue = "64",
            description = "for rows that are being sorted (default: ${DEFAULT-VALUE})")
    int memoryMb;

    /// One of the two.
    static final class When {

        @Option(
                names = "--hour",
                paramLabel = "HOUR",
                converter = HourConverter.class,
                description = "in UTC, such as 2026-11-21T10")
        @Nullable LakeHour hour;

        @Option(
                names = "--day",
                paramLabel = "DAY",
                converter = DayConverter.class,
                description = "all hours of it, in UTC, such as 2026-11-21")
        @Nullable LocalDate day;

        List<LakeHour> hours() {
            if (hour != null) {
                return List.of(hour);
            }
            Instant start = Objects.requireNonNull(day).atStartOfDay().toInstant(ZoneOffset.UTC);
            return IntStream.range(0, HOURS_A_DAY)
                    .mapToObj(i -> new LakeHour(start.plus(i, ChronoUnit.HOURS)))
                    .toList();
        }
    }

    @Override
    public Integer call() throws IOException {
        if (fileSizeMb < 1 || memoryMb < 1) {
            throw new IllegalArgumentException("--file-size-mb and --memory-mb are at least 1");
        }
        Progress progress = new Progress(spec.commandLine().getOut());
        boolean outrun = false;
        try (FleetBucket bucket = where.open()) {
            FileLists lists = new FileLists(bucket.objects(), bucket.objects());
            CompactPipeline pipeline =
                    new CompactPipeline(lists, bucket.objects(), limits(), InstantSource.system());
            for (LakeHour hour : when.hours()) {
                Compaction ended =
                        pipeline.compact(hour, step -> progress.accept(hour.path() + ": " + step));
                progress.accept(hour.path() + ": " + told(ended));
                outrun |= ended instanceof Compaction.Outrun;
            }
        }
        return outrun ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private static String told(Compaction ended) {
        return switch (ended) {
            case Compaction.Done done ->
                    "%d files are %d now, %d rows, %d copies dropped, %.1f MB"
                            .formatted(
                                    done.filesBefore(),
                                    done.files(),
                                    done.rows(),
                                    done.rowsBefore() - done.rows(),
                                    done.bytes() / 1e6);
            case Compaction.Outrun _ ->
                    "somebody else replaced files meanwhile, nothing is changed; try again";
            case Compaction.Empty _ -> "no files are listed";
        };
    }

    private CompactLimits limits() {
        return CompactLimits.of(
                (long) fileSizeMb << 20,
                (long) memoryMb << 20,
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// `2026-11-21T10`.
    static final class HourConverter implements ITypeConverter<LakeHour> {

        @Override
        public LakeHour convert(String text) {
            try {
                LocalDateTime start = LocalDateTime.parse(text + ":00");
                return new LakeHour(start.toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                throw new TypeConversionException("an hour is written as 2026-11-21T10");
            }
        }
    }

    /// `2026-11-21`.
    static final class DayConverter implements ITypeConverter<LocalDate> {

        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException e) {
                throw new TypeConversionException("a day is written as 2026-11-21");
            }
        }
    }
}
