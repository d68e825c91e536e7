package dev.sluice.fleet;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the process of a task is started: small, and soon up. Ten of them share two cores, and none
/// lives long enough for the optimising compiler to pay.
final class TaskJvm {

    private static final String HEAP = "320m";

    private TaskJvm() {}

    /// The command up to the main class.
    static List<String> command() {
        return command(List.of("-Xmx" + HEAP, "-XX:TieredStopAtLevel=1"));
    }

    /// The same with other limits.
    static List<String> command(List<String> limits) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(limits);
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Duser.timezone=UTC",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath()));
        return command;
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
