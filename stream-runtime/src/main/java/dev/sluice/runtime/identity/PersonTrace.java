package dev.sluice.runtime.identity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Follows links to the person that an id is at a moment. Whatever the links are, there is one:
/// ids that belong to each other in a circle are all the one of them with the lowest key, and a
/// chain is followed for [#MOST_STEPS].
///
/// @param person key of the person
/// @param isCut whether the chain goes on beyond it
public record PersonTrace(String person, boolean isCut) {

    public static final int MOST_STEPS = 8;

    /// @param from key of the id
    /// @param mostPersons that an id may have belonged to
    /// @param histories gives all links of an id; null if it does not know them
    /// @return null if links that decide are not known
    public static @Nullable PersonTrace of(
            String from,
            Instant moment,
            int mostPersons,
            Function<String, @Nullable LinkHistory> histories) {
        List<String> path = new ArrayList<>(2);
        String at = from;
        while (true) {
            LinkHistory history = histories.apply(at);
            if (history == null) {
                return null;
            }
            Link link = history.at(moment, mostPersons);
            if (link == null) {
                return new PersonTrace(at, false);
            }
            if (path.size() == MOST_STEPS) {
                return new PersonTrace(at, true);
            }
            path.add(at);
            at = link.person();
            int before = path.indexOf(at);
            if (before >= 0) {
                return new PersonTrace(Collections.min(path.subList(before, path.size())), false);
            }
        }
    }
}
