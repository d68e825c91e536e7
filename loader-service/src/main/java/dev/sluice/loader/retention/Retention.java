package dev.sluice.loader.retention;

import dev.sluice.loader.archive.ArchivePipeline;
import dev.sluice.loader.compact.CompactPipeline;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.publish.CuratedFiles;
import dev.sluice.loader.queue.LoadQueue;
import dev.sluice.loader.reports.ReportTables;
import dev.sluice.loader.upkeep.UpkeepJob;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

/// Lets go what is older than it may be. Events go in whole months, after the figures of these are
/// closed: nothing is deleted that a figure is still reckoned from. Files of events go once they
/// are loaded.
/// `sluice.retention.deleted{what}` counts rows and objects; `sluice.retention.raw.overdue` is how
/// many days the oldest archived object is older than the bucket's rule should let it be.
public final class Retention implements UpkeepJob {

    /// A rule of a bucket takes a day or two.
    private static final int GRACE_DAYS = 2;

    /// Longer than any publisher takes from writing a file to putting it into the queue.
    private static final Duration TO_BE_QUEUED = Duration.ofDays(1);

    /// What readers follow goes first, so that nobody is told of a file that is gone.
    private static final List<String> LAKE =
            List.of(
                    FileLists.ATHENA_PREFIX,
                    FileLists.LOADS_PREFIX,
                    FileLists.PREFIX,
                    CompactPipeline.PREFIX);

    private final ReportTables reports;
    private final List<OldEvents> tables;
    private final List<DatedObjects> lake;
    private final DatedObjects curated;
    private final LoadQueue queue;
    private final DatedObjects raw;
    private final RetentionLimits limits;
    private final Duration interval;
    private final MeterRegistry meters;
    private volatile long rawOverdue;

    public Retention(
            DataSource warehouse,
            ObjectStore objects,
            LoadQueue queue,
            RetentionLimits limits,
            Duration interval,
            MeterRegistry meters) {
        this.reports = new ReportTables(warehouse);
        this.tables =
                List.of(
                        new OldEvents(warehouse, "events", "event_ts"),
                        new OldEvents(warehouse, "sessions", "started_at"));
        this.lake = LAKE.stream().map(prefix -> new DatedObjects(objects, prefix)).toList();
        this.curated = new DatedObjects(objects, CuratedFiles.PREFIX);
        this.queue = queue;
        this.raw = new DatedObjects(objects, ArchivePipeline.PREFIX);
        this.limits = limits;
        this.interval = interval;
        this.meters = meters;
        meters.gauge("sluice.retention.raw.overdue", this, each -> each.rawOverdue);
    }

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public String turn(Instant now, BooleanSupplier goOn) {
        reports.close(day(now.minus(limits.events())).withDayOfMonth(1));
        LocalDate horizon = reports.horizon();
        Instant closed = horizon.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (OldEvents table : tables) {
            deleteHours(table, closed, goOn);
        }
        LocalDate oldest = day(now.minus(limits.files()));
        deleteFiles(oldest.isBefore(horizon) ? oldest : horizon, now);
        count("figures", reports.forget(day(now.minus(limits.figures()))));
        return checkRaw(now);
    }

    private void deleteHours(OldEvents table, Instant before, BooleanSupplier goOn) {
        long deleted = 1;
        for (int i = 0; i < limits.maxHours() && deleted > 0 && goOn.getAsBoolean(); i++) {
            deleted = table.deleteHour(before);
            count(table.table(), deleted);
        }
    }

    private void deleteFiles(LocalDate before, Instant now) {
        int left = limits.maxFiles();
        for (DatedObjects each : lake) {
            int deleted = each.delete(before, left, _ -> false);
            count("files", deleted);
            left -= deleted;
        }
        count("files", curated.delete(before, left, file -> isToBeLoaded(file, now)));
    }

    /// However old the events of a file are, it stays while it waits or is set aside. What is
    /// written now, as of late events, is in the queue a moment later.
    private boolean isToBeLoaded(ObjectSummary file, Instant now) {
        return file.modifiedAt().plus(TO_BE_QUEUED).isAfter(now) || queue.has(file.key());
    }

    private String checkRaw(Instant now) {
        LocalDate due = day(now.minus(limits.raw())).minusDays(GRACE_DAYS);
        Optional<LocalDate> oldest = raw.oldest();
        rawOverdue = oldest.map(day -> Math.max(0, due.toEpochDay() - day.toEpochDay())).orElse(0L);
        return rawOverdue == 0
                ? ""
                : "objects of %s are still in the archive, though they are kept for %d days: see the bucket's lifecycle rule"
                        .formatted(oldest.orElseThrow(), limits.raw().toDays());
    }

    private void count(String what, long deleted) {
        meters.counter("sluice.retention.deleted", "what", what).increment(deleted);
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
