package dev.sluice.loader.publish;

import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.Row;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rows of a window by the files that will hold them, those of the newest hour first.
final class GatheredRows {

    private static final Comparator<Long> NEWEST_FIRST = Comparator.reverseOrder();

    private final Map<FileLayout, Map<Long, List<Row>>> hours = new LinkedHashMap<>();
    private long size;

    void add(ReceivedRow received) {
        Row row = received.row();
        hours.computeIfAbsent(received.layout(), _ -> new TreeMap<>(NEWEST_FIRST))
                .computeIfAbsent(row.eventHour(), _ -> new ArrayList<>())
                .add(row);
        size++;
    }

    /// How many there are.
    long size() {
        return size;
    }

    boolean hasLate() {
        return hours.values().stream().flatMap(GatheredRows::hours).anyMatch(HourRows::isLate);
    }

    void forEachOnTime(BiConsumer<FileLayout, HourRows> file) {
        forEach(hour -> !hour.isLate(), file);
    }

    void forEachLate(BiConsumer<FileLayout, HourRows> file) {
        forEach(HourRows::isLate, file);
    }

    private void forEach(Predicate<HourRows> which, BiConsumer<FileLayout, HourRows> file) {
        hours.forEach(
                (layout, byHour) ->
                        hours(byHour).filter(which).forEach(hour -> file.accept(layout, hour)));
    }

    void keepLate() {
        hours.values().forEach(byHour -> byHour.entrySet().removeIf(hour -> !rows(hour).isLate()));
        size = hours.values().stream().flatMap(GatheredRows::hours).mapToLong(HourRows::size).sum();
    }

    void clear() {
        hours.clear();
        size = 0;
    }

    private static Stream<HourRows> hours(Map<Long, List<Row>> byHour) {
        return byHour.entrySet().stream().map(GatheredRows::rows);
    }

    private static HourRows rows(Map.Entry<Long, List<Row>> hour) {
        return new HourRows(hour.getKey(), hour.getValue());
    }
}
