package dev.sluice.replay;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of dry runs, which nobody loads: a dry run removes its own when it has compared them.
public final class DryRunFiles {

    /// What keys of all of them start with; the id of the replay follows.
    static final String PREFIX = "replayed/dry-runs/";

    /// Far longer than a dry run that is under way makes no file.
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final ObjectStore objects;

    public DryRunFiles(ObjectStore objects) {
        this.objects = objects;
    }

    /// Removes the files of dry runs that died, and that nobody went on with for a day.
    ///
    /// @return how many
    public int sweep(Instant now) {
        Map<String, List<ObjectSummary>> runs;
        try (Stream<ObjectSummary> all = objects.list(PREFIX)) {
            runs = all.collect(Collectors.groupingBy(file -> id(file.key())));
        }
        List<String> abandoned =
                runs.values().stream()
                        .filter(files -> newest(files).isBefore(now.minus(ABANDONED)))
                        .flatMap(List::stream)
                        .map(ObjectSummary::key)
                        .toList();
        abandoned.forEach(objects::delete);
        return abandoned.size();
    }

    private static String id(String key) {
        return key.substring(PREFIX.length()).split("/", 2)[0];
    }

    private static Instant newest(List<ObjectSummary> files) {
        return files.stream()
                .map(ObjectSummary::modifiedAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
