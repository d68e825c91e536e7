package dev.sluice.local;

import java.nio.file.Path;
import java.util.List;

/// The PostgreSQL processes of this machine.
final class Postmasters {
    private Postmasters() {}

    /// Those that keep their data somewhere below the folder.
    static List<Long> below(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").contains(folder + "/"))
                .filter(p -> p.info().command().orElse("").endsWith("postgres"))
                .map(ProcessHandle::pid)
                .toList();
    }
}
