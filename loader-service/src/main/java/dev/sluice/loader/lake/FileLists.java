package dev.sluice.loader.lake;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.TaggedObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The file lists of all hours, in the bucket: `lake/events/files/<hour>/files.json`, and what
/// Athena reads, `lake/events/athena/<hour>/symlink.txt` with the files, and
/// `lake/events/loads/<hour>/loads.tsv` with the order in which they were loaded. The former
/// decides; the latter two follow, the files last, and are at every moment what was true.
/// Thread-safe, also between processes.
public final class FileLists {

    /// What the key of every list starts with.
    public static final String PREFIX = "lake/events/files/";

    /// What every key starts with that Athena lists: the location of its table.
    public static final String ATHENA_PREFIX = "lake/events/athena/";

    /// What every key starts with that tells Athena the order of loading.
    public static final String LOADS_PREFIX = "lake/events/loads/";

    private static final String NAME = "/files.json";
    private static final int ATTEMPTS = 20;

    private final ObjectStore objects;
    private final ConditionalObjects lists;

    /// @param lists of the same bucket
    public FileLists(ObjectStore objects, ConditionalObjects lists) {
        this.objects = objects;
        this.lists = lists;
    }

    /// The list of an hour as it is now.
    public FileList read(LakeHour hour) {
        return decode(hour, lists.readTagged(key(hour)).orElse(null));
    }

    /// The objects of all lists, with the time of their last change. Close the stream.
    public Stream<ObjectSummary> all() {
        return objects.list(PREFIX).filter(object -> object.key().endsWith(NAME));
    }

    /// Changes the list of an hour, as if nobody else did, and then tells Athena.
    ///
    /// @param change is called again if somebody else was first; gives empty to leave the list as
    ///     it is, and the same list if it finds its change in it, as after an answer that was lost
    /// @return the list that the change made; empty if it made none
    /// @throws TransientFailure if others are first again and again, or the store is away: whether
    ///     the list is changed shows when it is read
    public Optional<FileList> change(LakeHour hour, Function<FileList, Optional<FileList>> change) {
        for (int i = 0; i < ATTEMPTS; i++) {
            TaggedObject object = lists.readTagged(key(hour)).orElse(null);
            FileList seen = decode(hour, object);
            FileList next = change.apply(seen).orElse(null);
            if (next == null) {
                return Optional.empty();
            }
            String tag = object == null ? null : object.tag();
            if (next.equals(seen) || lists.replace(key(hour), tag, next.encode())) {
                tellAthena(hour);
                return Optional.of(next);
            }
        }
        throw new TransientFailure(objects.uri(key(hour)) + ": others change it all the time");
    }

    /// Brings what Athena reads up to the list, if it is behind.
    public void tellAthena(LakeHour hour) {
        follow(loadsKey(hour), () -> loads(read(hour)));
        follow(athenaKey(hour), () -> symlinks(read(hour)));
    }

    /// Whoever reads the older of two lists does not overwrite what follows from the newer one, for
    /// each reads the object that it replaces before the list.
    private void follow(String key, Supplier<byte[]> ofList) {
        for (int i = 0; i < ATTEMPTS; i++) {
            TaggedObject before = lists.readTagged(key).orElse(null);
            byte[] content = ofList.get();
            if (before != null && Arrays.equals(before.content(), content)) {
                return;
            }
            String tag = before == null ? null : before.tag();
            if (lists.replace(key, tag, content)) {
                return;
            }
        }
        throw new TransientFailure(objects.uri(key) + ": others change it all the time");
    }

    /// The keys of the files that Athena reads for an hour now.
    public Set<String> seenByAthena(LakeHour hour) {
        String bucket = objects.uri("");
        return lists.readTagged(athenaKey(hour))
                .map(object -> new String(object.content(), StandardCharsets.UTF_8))
                .map(text -> text.lines().map(uri -> uri.substring(bucket.length())))
                .orElseGet(Stream::empty)
                .collect(Collectors.toUnmodifiableSet());
    }

    private byte[] symlinks(FileList list) {
        List<ListedFile> files = list.files();
        return files.stream()
                .map(file -> objects.uri(file.key()) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A line for each file that a reader may have in use: where it is, and when it was loaded.
    private byte[] loads(FileList list) {
        Stream<String> current =
                list.files().stream().map(file -> load(file.key(), file.loadedAt()));
        Stream<String> before =
                list.replaced().stream()
                        .filter(file -> !file.deleted())
                        .map(file -> load(file.key(), file.loadedAt()));
        return Stream.concat(current, before)
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private String load(String key, Instant at) {
        return objects.uri(key) + "\t" + ChronoUnit.MICROS.between(Instant.EPOCH, at) + "\n";
    }

    private FileList decode(LakeHour hour, @Nullable TaggedObject object) {
        if (object == null) {
            return FileList.EMPTY;
        }
        try {
            return FileList.decode(object.content());
        } catch (IllegalArgumentException e) {
            throw new SetupFailure(objects.uri(key(hour)) + " cannot be read", e);
        }
    }

    private static String key(LakeHour hour) {
        return PREFIX + hour.path() + NAME;
    }

    private static String athenaKey(LakeHour hour) {
        return ATHENA_PREFIX + hour.path() + "/symlink.txt";
    }

    private static String loadsKey(LakeHour hour) {
        return LOADS_PREFIX + hour.path() + "/loads.tsv";
    }
}
