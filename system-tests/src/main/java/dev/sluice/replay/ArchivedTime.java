package dev.sluice.replay;

import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.loader.archive.ShardHour;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The frames of a time, of all shards, each once and in the order of their arrival.
final class ArchivedTime {

    private final ArchiveReader archive;

    ArchivedTime(ArchiveReader archive) {
        this.archive = archive;
    }

    /// Gives the frames that arrived from one instant up to another. Holds one object of each shard
    /// at a time.
    ///
    /// @throws IllegalArgumentException if an object is damaged; the message names it
    void read(Instant from, Instant to, Consumer<ArchivedRecord> reader) {
        Map<Instant, List<ShardHour>> hours =
                archive.hours(from, to).stream()
                        .collect(
                                Collectors.groupingBy(
                                        ShardHour::hour, TreeMap::new, Collectors.toList()));
        for (List<ShardHour> shards : hours.values()) {
            merged(
                    shards,
                    archived -> {
                        Instant arrived = archived.frame().arrivedAt();
                        if (!arrived.isBefore(from) && arrived.isBefore(to)) {
                            reader.accept(archived);
                        }
                    });
        }
    }

    private void merged(List<ShardHour> ofHour, Consumer<ArchivedRecord> reader) {
        PriorityQueue<Shard> shards =
                new PriorityQueue<>(Comparator.comparing(Shard::next, ArchivedRecord.ORDER));
        for (ShardHour shard : ofHour) {
            advance(shard.shard().value(), archive.frames(shard).iterator(), shards);
        }
        while (!shards.isEmpty()) {
            Shard first = shards.remove();
            reader.accept(first.next());
            advance(first.next().place(), first.rest(), shards);
        }
    }

    private static void advance(
            String shard, Iterator<ArchivedFrame> rest, PriorityQueue<Shard> shards) {
        if (rest.hasNext()) {
            shards.add(new Shard(new ArchivedRecord(shard, rest.next()), rest));
        }
    }

    /// What is left of one shard.
    private record Shard(ArchivedRecord next, Iterator<ArchivedFrame> rest) {}
}
