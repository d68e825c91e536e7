package dev.sluice.local.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells the store's temporary files from objects.
///
/// The store writes a new object to `<key>-<uuid>` beside its final name, where a list would show
/// it, and where it would stay as an object if the process died. So every put is noted in a journal
/// folder first: lists leave out what is noted, and [#sweep] deletes what a killed process left
/// behind.
final class UnfinishedPuts {
    private static final String UUID_PATTERN = "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern TEMPORARY = Pattern.compile("(?s)(.*)" + UUID_PATTERN);

    private final Path journal;
    private final Path buckets;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    UnfinishedPuts(Path journal, Path buckets) {
        this.journal = journal;
        this.buckets = buckets;
    }

    /// From here until it is closed, the put of this object is under way.
    Note begin(String bucket, String key) {
        String object = bucket + "/" + key;
        Path note = journal.resolve(UUID.randomUUID().toString());
        try {
            Files.writeString(note, object);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "put of " + object + " cannot be noted in " + journal, e);
        }
        running.merge(object, 1, Integer::sum);
        return new Note(object, note);
    }

    /// Whether what a list has just shown is a temporary file, or was one and is gone by now.
    boolean isTemporary(String bucket, String key) {
        Matcher name = TEMPORARY.matcher(key);
        if (!name.matches()) {
            return false;
        }
        // In this order: a put that is not under way has already removed its temporary file.
        return running.containsKey(bucket + "/" + name.group(1))
                || !Files.exists(buckets.resolve(bucket).resolve(key));
    }

    /// Deletes the temporary files of puts that a killed process had under way.
    void sweep() {
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(journal)) {
            for (Path note : notes) {
                sweep(Files.readString(note), Files.getLastModifiedTime(note));
                Files.delete(note);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "unfinished puts noted in " + journal + " cannot be swept", e);
        }
    }

    private void sweep(String object, FileTime begun) throws IOException {
        int slash = object.lastIndexOf('/');
        if (slash < 0) {
            return; // killed before the note was written, and so before the put
        }
        Path parent = buckets.resolve(object.substring(0, slash)).normalize();
        if (!parent.startsWith(buckets) || !Files.isDirectory(parent)) {
            return;
        }
        Pattern temporary =
                Pattern.compile(Pattern.quote(object.substring(slash + 1)) + UUID_PATTERN);
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parent)) {
            for (Path file : siblings) {
                boolean named = temporary.matcher(file.getFileName().toString()).matches();
                if (named && Files.getLastModifiedTime(file).compareTo(begun) >= 0) {
                    Files.delete(file);
                }
            }
        }
    }

    final class Note implements AutoCloseable {
        private final String object;
        private final Path file;

        private Note(String object, Path file) {
            this.object = object;
            this.file = file;
        }

        @Override
        public void close() {
            running.computeIfPresent(object, (o, count) -> count == 1 ? null : count - 1);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("note of put " + object + " cannot be deleted", e);
            }
        }
    }
}
