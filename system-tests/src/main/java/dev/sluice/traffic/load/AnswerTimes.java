package dev.sluice.traffic.load;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// How long each single request took, by its status, from the moment it was sent. Thread-safe.
final class AnswerTimes {

    private final Map<Integer, Latencies> byStatus = new ConcurrentHashMap<>();

    /// @param status {@link LoadReport#NO_ANSWER} if none came
    void record(int status, long nanos) {
        byStatus.computeIfAbsent(status, each -> new Latencies()).record(nanos);
    }

    /// Of all since the last call.
    SortedMap<Integer, LatencySummary> summaries() {
        SortedMap<Integer, LatencySummary> summaries = new TreeMap<>();
        byStatus.forEach((status, times) -> summaries.put(status, times.sinceLast()));
        summaries.values().removeIf(summary -> summary.count() == 0);
        return summaries;
    }
}
