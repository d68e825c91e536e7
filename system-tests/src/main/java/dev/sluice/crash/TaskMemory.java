package dev.sluice.crash;

import dev.sluice.fleet.FleetTask;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What a process holds.
///
/// @param heap bytes in use right after a full collection: what is really held
/// @param resident bytes of the process in memory, whatever is in them
record TaskMemory(long heap, long resident) {

    private static final long COLLECTION_SECONDS = 20;

    /// Collects garbage first.
    ///
    /// @throws IOException if the process is gone or does not answer
    static TaskMemory of(FleetTask task) throws IOException, InterruptedException {
        long pid = task.pid();
        collect(pid);
        long heap = (long) task.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"");
        return new TaskMemory(heap, resident(pid));
    }

    private static void collect(long pid) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                String.valueOf(pid),
                                "GC.run")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!jcmd.waitFor(COLLECTION_SECONDS, TimeUnit.SECONDS)) {
            jcmd.destroyForcibly();
        }
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
