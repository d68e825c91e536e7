package dev.sluice.loader.lake;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Adds files to the lists of their hours once they stand in the ledger. Remembers in the bucket
/// how far it came; what a crash, or a second feed, makes it add again changes nothing. Used by
/// one thread.
public final class ListFeed {

    static final String POSITION = "lake/events/fed-through.txt";

    /// A batch notes the time before it commits, so that one with an earlier time may show later.
    static final Duration OVERLAP = Duration.ofHours(1);

    private static final int PAGE = 5_000;

    private final LoadedFiles loaded;
    private final FileLists lists;
    private final ObjectStore objects;

    /// What was added lately, so that it is not looked for in the lists again and again.
    private final Map<String, Instant> lately = new HashMap<>();

    public ListFeed(LoadedFiles loaded, FileLists lists, ObjectStore objects) {
        this.loaded = loaded;
        this.lists = lists;
        this.objects = objects;
    }

    /// Adds all that is loaded and in no list yet.
    ///
    /// @return files that were looked at
    public long turn() {
        Instant began = position();
        Instant from = began.equals(Instant.EPOCH) ? began : began.minus(OVERLAP);
        String key = "";
        long seen = 0;
        while (true) {
            List<LoadedFiles.Loaded> page = loaded.after(from, key, PAGE);
            add(page.stream().filter(file -> !lately.containsKey(file.key())).toList());
            page.forEach(file -> lately.put(file.key(), file.loadedAt()));
            seen += page.size();
            if (!page.isEmpty()) {
                from = page.getLast().loadedAt();
                key = page.getLast().key();
                if (from.isAfter(began)) {
                    objects.write(POSITION, from.toString().getBytes(StandardCharsets.UTF_8));
                    began = from;
                }
            }
            if (page.size() < PAGE) {
                Instant oldest = from.minus(OVERLAP);
                lately.values().removeIf(at -> at.isBefore(oldest));
                return seen;
            }
        }
    }

    private void add(List<LoadedFiles.Loaded> page) {
        Map<LakeHour, List<ListedFile>> hours = new TreeMap<>();
        for (LoadedFiles.Loaded file : page) {
            LakeHour.of(file.key())
                    .ifPresent(
                            hour ->
                                    hours.computeIfAbsent(hour, _ -> new ArrayList<>())
                                            .add(listed(file)));
        }
        hours.forEach((hour, files) -> lists.change(hour, list -> Optional.of(list.with(files))));
    }

    private static ListedFile listed(LoadedFiles.Loaded file) {
        return new ListedFile(file.key(), file.rows(), file.loadedAt(), false);
    }

    private Instant position() {
        String text =
                objects.read(POSITION)
                        .map(content -> new String(content, StandardCharsets.UTF_8))
                        .orElse(Instant.EPOCH.toString());
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new SetupFailure(
                    objects.uri(POSITION)
                            + " is no time: delete it, and the whole ledger is looked at anew",
                    e);
        }
    }
}
