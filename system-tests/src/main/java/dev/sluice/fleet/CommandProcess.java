package dev.sluice.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command of the command line as a process of its own, such as a replay beside live traffic. It
/// dies with whoever started it. Thread-safe.
public final class CommandProcess implements AutoCloseable {

    private static final String MAIN = "dev.sluice.cli.SluiceCommand";

    private final List<String> words;
    private final Path log;
    private final Process process;

    private CommandProcess(List<String> words, Path log, Process process) {
        this.words = List.copyOf(words);
        this.log = log;
        this.process = process;
    }

    /// Starts it; returns at once.
    ///
    /// @param words as typed after `sluice`
    /// @param limits options of its JVM, such as `-Xmx1g`
    /// @param log gets what it writes; overwritten
    public static CommandProcess start(List<String> words, List<String> limits, Path log) {
        List<String> command = new ArrayList<>(TaskJvm.command(limits));
        command.add(TaskMain.class.getName());
        command.add(MAIN);
        command.addAll(words);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            return new CommandProcess(
                    words,
                    log,
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start: sluice " + String.join(" ", words), e);
        }
    }

    /// Waits for its end.
    ///
    /// @return whether it has ended
    public boolean await(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// @throws IllegalThreadStateException if it has not ended
    public int exitCode() {
        return process.exitValue();
    }

    /// `kill -9`; returns when it has ended.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// What it has written so far.
    public String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "sluice " + String.join(" ", words) + " (log: " + log + ")";
    }
}
