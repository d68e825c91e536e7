package dev.sluice.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A main class of the tests in a process of its own, so that it can be killed and its output read.
public final class ChildJvm implements AutoCloseable {
    private static final long DEADLINE_SECONDS = 30;

    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Everything that is logged is printed, unless a server takes care that it is not. Standard
    /// error goes where standard output goes.
    public static ChildJvm run(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.add("-Dlogback.configurationFile=logback-everything.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// The next line it prints; an error when it ends instead.
    public String nextLine() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the child has ended");
        }
        return line;
    }

    /// Closes its standard input, which ends a well-behaved child, and gives back the lines it had
    /// still to say.
    public List<String> end() throws IOException {
        process.getOutputStream().close();
        return output.readAllLines();
    }

    /// Interrupts it, as Ctrl-C does, and gives back the lines it had still to say.
    public List<String> interrupt() throws IOException {
        process.toHandle().destroy(); // Process.destroy would close its output too
        return output.readAllLines();
    }

    /// SIGKILL: no shutdown hook, no flush, no close.
    public void kill() throws InterruptedException, IOException {
        process.destroyForcibly();
        if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the child outlived its kill");
        }
    }

    /// Lets it close what it started; kills it when that takes too long.
    @Override
    public void close() throws IOException {
        try {
            process.toHandle().destroy();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
