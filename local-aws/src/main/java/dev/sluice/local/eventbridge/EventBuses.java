package dev.sluice.local.eventbridge;

import dev.sluice.local.host.FolderLock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// The buses and the events that each has taken: a folder of the bus's name with a file of JSON
/// lines. What was added is in the operating system's hands and outlives a kill of the process.
final class EventBuses implements AutoCloseable {

    static final String DEFAULT = "default";

    private static final String EVENTS = "events.jsonl";
    private static final String NAME = "[A-Za-z0-9._-]{1,256}";

    private final Path folder;
    private final FolderLock lock;

    private EventBuses(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// @throws IllegalStateException when another server uses the folder
    static EventBuses open(Path folder) {
        EventBuses buses = new EventBuses(folder, FolderLock.take(folder));
        buses.create(DEFAULT);
        return buses;
    }

    /// The name in a name or ARN of a bus.
    ///
    /// @throws EventBridgeError if it is neither
    static String name(String nameOrArn) {
        String name = nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
        if (!name.matches(NAME) || name.startsWith(".")) {
            throw EventBridgeError.invalid(
                    "Value at 'eventBusName' failed to satisfy constraint: Member must satisfy"
                            + " regular expression pattern: "
                            + NAME);
        }
        return name;
    }

    boolean exists(String bus) {
        return Files.isDirectory(folder.resolve(bus));
    }

    void create(String bus) {
        try {
            Files.createDirectories(folder.resolve(bus));
        } catch (IOException e) {
            throw new UncheckedIOException("bus " + bus + " cannot be created", e);
        }
    }

    /// @param event one line of JSON
    synchronized void add(String bus, String event) {
        try {
            Files.write(
                    folder.resolve(bus).resolve(EVENTS),
                    (event + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("bus " + bus + " cannot be written", e);
        }
    }

    /// The events of a bus in the order in which it took them; none if there is no such bus.
    synchronized List<String> events(String bus) {
        Path file = folder.resolve(bus).resolve(EVENTS);
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("bus " + bus + " cannot be read", e);
        }
    }

    /// The names of all buses, sorted.
    List<String> names() {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .map(bus -> bus.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("folder " + folder + " cannot be read", e);
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
