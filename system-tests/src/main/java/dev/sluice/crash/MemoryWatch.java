package dev.sluice.crash;

import dev.sluice.fleet.FleetTask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/// The memory of every process before, during and after an outage.
final class MemoryWatch {

    /// A process that holds so much more during an outage than before it is not flat.
    static final long FLAT_MIB = 48;

    enum Phase {
        BEFORE,
        DURING,
        AFTER
    }

    private final List<FleetTask> tasks;
    private final Map<String, Map<Phase, List<TaskMemory>>> seen = new LinkedHashMap<>();

    MemoryWatch(List<FleetTask> tasks) {
        this.tasks = tasks;
        tasks.forEach(task -> seen.put(task.name(), new EnumMap<>(Phase.class)));
    }

    /// Looks at every process once.
    void look(Phase phase) throws IOException, InterruptedException {
        for (FleetTask task : tasks) {
            TaskMemory memory = TaskMemory.of(task);
            phases(task.name()).computeIfAbsent(phase, p -> new ArrayList<>()).add(memory);
        }
    }

    Finding finding() {
        List<String> grown =
                seen.keySet().stream()
                        .filter(task -> growth(task) > FLAT_MIB)
                        .map(task -> task + " grew by " + growth(task) + " MiB")
                        .toList();
        return Finding.of(
                "every process holds at most " + FLAT_MIB + " MiB more during the outage", grown);
    }

    /// A line for each process: the most it held in each phase.
    void print(Consumer<String> out) {
        out.accept(
                "MiB           heap after GC: before  during  after   resident: before  during  after");
        seen.forEach(
                (task, phases) ->
                        out.accept(
                                String.format(
                                        Locale.ROOT,
                                        "%-13s               %6d  %6d %6d             %6d  %6d %6d",
                                        task,
                                        heap(task, Phase.BEFORE),
                                        heap(task, Phase.DURING),
                                        heap(task, Phase.AFTER),
                                        resident(task, Phase.BEFORE),
                                        resident(task, Phase.DURING),
                                        resident(task, Phase.AFTER))));
    }

    private long growth(String task) {
        return heap(task, Phase.DURING) - heap(task, Phase.BEFORE);
    }

    private long heap(String task, Phase phase) {
        return mib(task, phase, true);
    }

    private long resident(String task, Phase phase) {
        return mib(task, phase, false);
    }

    private long mib(String task, Phase phase, boolean heap) {
        return phases(task).getOrDefault(phase, List.of()).stream()
                        .mapToLong(memory -> heap ? memory.heap() : memory.resident())
                        .max()
                        .orElse(0)
                >> 20;
    }

    private Map<Phase, List<TaskMemory>> phases(String task) {
        return seen.computeIfAbsent(task, name -> new EnumMap<>(Phase.class));
    }
}
