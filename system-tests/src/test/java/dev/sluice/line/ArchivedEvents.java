package dev.sluice.line;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchivedFrame;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Looks into the raw archive of a data folder.
public final class ArchivedEvents {

    private ArchivedEvents() {}

    /// Whether the archive holds the event within a minute.
    public static boolean await(Path data, String eventId)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!holds(data, eventId)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return true;
    }

    private static boolean holds(Path data, String eventId) throws IOException {
        return fileOf(data, eventId).isPresent();
    }

    /// An object of the archive that holds the event.
    static Optional<Path> fileOf(Path data, String eventId) throws IOException {
        Path bucket = data.resolve("s3/buckets/sluice");
        if (!Files.exists(bucket.resolve("raw"))) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(bucket.resolve("raw"))) {
            List<Path> objects = files.filter(file -> file.toString().endsWith(".slc")).toList();
            for (Path object : objects) {
                if (frames(object).stream().anyMatch(frame -> holds(frame, eventId))) {
                    return Optional.of(object);
                }
            }
        }
        return Optional.empty();
    }

    private static List<ArchivedFrame> frames(Path file) throws IOException {
        ObjectStore store = new MemoryObjectStore();
        try (PendingObject object = store.begin("raw/one.slc")) {
            object.content().write(Files.readAllBytes(file));
            object.publish();
        }
        return new ArchiveReader(store).read("raw/one.slc");
    }

    private static boolean holds(ArchivedFrame archived, String eventId) {
        Frame frame = new FrameDecoder(FrameLimits.DEFAULT).decode(archived.frame());
        return frame instanceof Frame.Readable readable
                && readable.events().stream()
                        .anyMatch(
                                event ->
                                        Receipt.decode(event.receipt())
                                                .eventId()
                                                .value()
                                                .equals(eventId));
    }
}
