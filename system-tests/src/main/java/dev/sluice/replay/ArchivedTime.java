package dev.sluice.replay;

import dev.sluice.loader.archive.ArchivePipeline;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.runtime.objects.ObjectSummary;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The frames of a time, of all shards, each once and in the order of their arrival.
final class ArchivedTime {

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hour='HH'/'").withZone(ZoneOffset.UTC);

    private final ArchiveReader archive;

    ArchivedTime(ArchiveReader archive) {
        this.archive = archive;
    }

    /// Gives the frames that arrived from one instant up to another. Holds one object of each shard
    /// at a time.
    ///
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    void read(Instant from, Instant to, Consumer<ArchivedRecord> reader) {
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(to);
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            merged(
                    ArchivePipeline.PREFIX + HOUR.format(hour),
                    archived -> {
                        Instant arrived = archived.frame().arrivedAt();
                        if (!arrived.isBefore(from) && arrived.isBefore(to)) {
                            reader.accept(archived);
                        }
                    });
        }
    }

    private void merged(String hour, Consumer<ArchivedRecord> reader) {
        PriorityQueue<Shard> shards =
                new PriorityQueue<>(Comparator.comparing(Shard::next, ArchivedRecord.ORDER));
        for (String folder : folders(hour)) {
            advance(folder, archive.frames(folder).iterator(), shards);
        }
        while (!shards.isEmpty()) {
            Shard first = shards.remove();
            reader.accept(first.next());
            advance(first.folder(), first.rest(), shards);
        }
    }

    private List<String> folders(String hour) {
        try (Stream<ObjectSummary> objects = archive.list(hour)) {
            return objects.map(ObjectSummary::key)
                    .map(key -> key.substring(0, key.lastIndexOf('/') + 1))
                    .distinct()
                    .toList();
        }
    }

    private static void advance(
            String folder, Iterator<ArchivedFrame> rest, PriorityQueue<Shard> shards) {
        if (rest.hasNext()) {
            String place = folder.substring(folder.lastIndexOf('/', folder.length() - 2) + 1);
            ArchivedRecord next =
                    new ArchivedRecord(place.substring(0, place.length() - 1), rest.next());
            shards.add(new Shard(folder, next, rest));
        }
    }

    /// What is left of one shard.
    private record Shard(String folder, ArchivedRecord next, Iterator<ArchivedFrame> rest) {}
}
