package dev.sluice.loader.quality;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Figures of an hour by what they are about, and those of the same hour of earlier days.
///
/// @param now by what they are about
/// @param earlier by how many days ago, 1 and more; days of which nothing is known are not there
record History<K, V>(Map<K, V> now, NavigableMap<Integer, Map<K, V>> earlier) {

    private static final int WEEK = 7;

    /// @param hours by how many days ago, today's at 0
    static <K, V> History<K, V> of(Map<Integer, Hour> hours, Function<Hour, Map<K, V>> figures) {
        NavigableMap<Integer, Map<K, V>> all = new TreeMap<>();
        hours.forEach((daysAgo, hour) -> all.put(daysAgo, figures.apply(hour)));
        Map<K, V> now = all.remove(0);
        return new History<>(now == null ? Map.of() : now, all);
    }

    /// All that there are figures about, today or earlier.
    Set<K> keys() {
        Set<K> keys = new HashSet<>(now.keySet());
        earlier.values().forEach(day -> keys.addAll(day.keySet()));
        return keys;
    }

    /// The figures of those earlier days that have one.
    List<V> known(K key) {
        NavigableMap<Integer, V> figures = new TreeMap<>();
        earlier.forEach(
                (daysAgo, day) -> {
                    if (day.containsKey(key)) {
                        figures.put(daysAgo, day.get(key));
                    }
                });
        return comparable(figures);
    }

    /// The figures of all earlier days since the first that has one.
    ///
    /// @param none for days without one
    List<V> since(K key, V none) {
        NavigableMap<Integer, V> figures = new TreeMap<>();
        for (Map.Entry<Integer, Map<K, V>> day : earlier.descendingMap().entrySet()) {
            if (!figures.isEmpty() || day.getValue().containsKey(key)) {
                figures.put(day.getKey(), day.getValue().getOrDefault(key, none));
            }
        }
        return comparable(figures);
    }

    /// Those of the same day of the week, if there are enough of them: a Sunday is not like a
    /// Monday.
    private static <V> List<V> comparable(NavigableMap<Integer, V> figures) {
        List<V> sameWeekday = new ArrayList<>();
        figures.forEach(
                (daysAgo, figure) -> {
                    if (daysAgo % WEEK == 0) {
                        sameWeekday.add(figure);
                    }
                });
        return sameWeekday.size() < Usual.FEWEST ? new ArrayList<>(figures.values()) : sameWeekday;
    }
}
