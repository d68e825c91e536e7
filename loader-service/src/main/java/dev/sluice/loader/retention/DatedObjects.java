package dev.sluice.loader.retention;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Objects that lie in partitions of days: `<prefix>dt=2026-11-21/…`. The oldest are listed first.
final class DatedObjects {

    private static final String DAY = "dt=";
    private static final int DAY_LENGTH = 10;

    private final ObjectStore objects;
    private final String prefix;

    /// @param prefix of the partitions: `curated/events/`
    DatedObjects(ObjectStore objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix + DAY;
    }

    /// The oldest day that has objects.
    Optional<LocalDate> oldest() {
        try (Stream<ObjectSummary> all = objects.list(prefix)) {
            return all.map(ObjectSummary::key).flatMap(key -> day(key).stream()).findFirst();
        }
    }

    /// Deletes objects of days before this one, the oldest first.
    ///
    /// @param most so many at most
    /// @param spared asked of each; those stay
    /// @return how many
    int delete(LocalDate before, int most, Predicate<ObjectSummary> spared) {
        List<String> old;
        try (Stream<ObjectSummary> all = objects.list(prefix)) {
            old =
                    all.takeWhile(object -> day(object.key()).map(before::isAfter).orElse(true))
                            .filter(object -> day(object.key()).isPresent())
                            .filter(Predicate.not(spared))
                            .limit(most)
                            .map(ObjectSummary::key)
                            .toList();
        }
        old.forEach(objects::delete);
        return old.size();
    }

    private Optional<LocalDate> day(String key) {
        String rest = key.substring(prefix.length());
        try {
            return rest.length() < DAY_LENGTH
                    ? Optional.empty()
                    : Optional.of(LocalDate.parse(rest.substring(0, DAY_LENGTH)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
