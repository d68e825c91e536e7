package dev.sluice.loader.compact;

import dev.sluice.loader.StoredRow;
import dev.sluice.loader.lake.FileLists;
import dev.sluice.loader.lake.LakeHour;
import dev.sluice.loader.lake.LakeRows;
import dev.sluice.loader.lake.ListFeed;
import dev.sluice.loader.lake.ListedFile;
import dev.sluice.loader.lake.MemoryLoadedFiles;
import dev.sluice.loader.lake.StepClock;
import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedRowReader;
import dev.sluice.loader.parquet.PackedSchema;
import dev.sluice.loader.process.Row;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// An hour of the lake, with all who work on it.
final class LakeWorld {

    static final LakeHour HOUR = LakeRows.HOUR;

    final EffectLog log = new EffectLog();
    final StepClock clock = new StepClock(HOUR.end().plus(Duration.ofHours(3)));
    final MemoryObjectStore objects = new MemoryObjectStore("lake", clock, log);

    /// For readers, whom the death of a process does not touch.
    final FileLists lists = new FileLists(objects, objects);

    final MemoryLoadedFiles ledger = new MemoryLoadedFiles();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CompactLimits limits;

    /// A file never changes, so it is read once.
    private final Map<String, List<Found>> files = new ConcurrentHashMap<>();

    private final ListFeed feed = new ListFeed(ledger, lists, objects);

    LakeWorld(Path folder) {
        this(folder, 1 << 30, 1 << 20);
    }

    LakeWorld(Path folder, long fileBytes, long memory) {
        this(folder, fileBytes, memory, 1 << 20);
    }

    LakeWorld(Path folder, long fileBytes, long memory, long rowGroupBytes) {
        limits =
                new CompactLimits(
                        fileBytes,
                        rowGroupBytes,
                        memory,
                        folder,
                        Duration.ofHours(2),
                        0.1,
                        Duration.ofHours(24),
                        Duration.ofHours(1));
    }

    /// A file that is loaded and listed.
    ListedFile load(String name, Row... rows) {
        ListedFile file = LakeRows.publish(objects, HOUR, name, rows);
        ledger.load(file, clock.instant());
        feed.turn();
        return file;
    }

    CompactTurn turn() {
        return new CompactTurn(lists, objects, limits, new CompactMetrics(meters), clock);
    }

    Compaction compact() {
        return new CompactPipeline(lists, objects, limits, clock).compact(HOUR, _ -> {});
    }

    /// What tells a row from others.
    record Found(String eventId, String person) {}

    /// The events that a reader of Athena's list finds, in the order of files and rows.
    List<String> events() {
        return lists.seenByAthena(HOUR).stream()
                .flatMap(key -> read(key).orElseThrow().stream())
                .map(Found::eventId)
                .toList();
    }

    /// The rows of a file; empty if it is gone.
    Optional<List<Found>> read(String key) {
        return objects.read(key).map(content -> files.computeIfAbsent(key, _ -> rows(content)));
    }

    /// Of a column of text, what the files have in it.
    List<String> texts(String column) {
        List<String> texts = new ArrayList<>();
        for (String key : lists.seenByAthena(HOUR)) {
            texts.addAll(StoredRow.texts(objects.read(key).orElseThrow(), column));
        }
        return texts;
    }

    private static List<Found> rows(byte[] content) {
        try {
            Path file = Files.createTempFile("found", ".parquet");
            Files.write(file, content);
            PackedSchema schema =
                    new PackedSchema(
                            PackedRowReader.columns(file), List.of("event_id", "person_id"));
            List<Found> found = new ArrayList<>();
            try (PackedRowReader reader = new PackedRowReader(file, schema)) {
                for (PackedRow row = reader.read(); row != null; row = reader.read()) {
                    String[] key =
                            new String(row.bytes(), 0, row.keyLength(), StandardCharsets.UTF_8)
                                    .split("\0", -1);
                    found.add(new Found(key[0], key[1]));
                }
            }
            Files.delete(file);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All Parquet files in the bucket, of whatever standing.
    List<String> parquetFiles() {
        try (var all = objects.list("")) {
            return all.map(object -> object.key()).filter(key -> key.endsWith(".parquet")).toList();
        }
    }
}
