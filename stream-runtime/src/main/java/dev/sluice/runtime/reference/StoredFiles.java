package dev.sluice.runtime.reference;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Files below a prefix of the bucket, named by an index: a line for each, `<name> <sha256>`. The
/// index is written last, so readers see a set wholly or not at all; it is all they read until it
/// changes. A file is never changed under its name, so readers of the index before are not
/// surprised either.
public final class StoredFiles implements ReferenceFiles {

    private static final String INDEX = "index.txt";

    private final ObjectStore objects;
    private final String prefix;

    /// @param prefix such as `contracts/`
    public StoredFiles(ObjectStore objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    @Override
    public Optional<String> version() {
        return objects.read(prefix + INDEX).map(Digests::sha256);
    }

    @Override
    public Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        index().forEach((name, digest) -> files.put(name, file(name, digest)));
        return files;
    }

    /// Makes these files the set, besides those that are in it already.
    ///
    /// @return how many are new
    /// @throws SetupFailure if a file of that name but with other content is in the set
    /// @throws TransientFailure if it is not done, or somebody else did the same at the same time;
    ///     doing it again does no harm
    public int publish(Map<String, byte[]> files) {
        Map<String, String> index = index();
        int added = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String digest = Digests.sha256(file.getValue());
            String before = index.putIfAbsent(file.getKey(), digest);
            if (before == null) {
                write(file.getKey(), file.getValue());
                added++;
            } else if (!before.equals(digest)) {
                throw new SetupFailure(
                        objects.uri(prefix + file.getKey())
                                + " is published with other content; files are never changed");
            }
        }
        if (added > 0) {
            write(INDEX, lines(index));
            if (!index().entrySet().containsAll(index.entrySet())) {
                throw new TransientFailure(
                        objects.uri(prefix + INDEX)
                                + " was written by somebody else at the same time; publish again");
            }
        }
        return added;
    }

    @Override
    public String place() {
        return objects.uri(prefix);
    }

    private Map<String, String> index() {
        Map<String, String> index = new TreeMap<>();
        objects.read(prefix + INDEX)
                .ifPresent(
                        content ->
                                new String(content, StandardCharsets.UTF_8)
                                        .lines()
                                        .forEach(line -> entry(line, index)));
        return index;
    }

    private void entry(String line, Map<String, String> index) {
        int space = line.lastIndexOf(' ');
        if (space <= 0) {
            throw new SetupFailure(
                    objects.uri(prefix + INDEX) + " has a line that is not <name> <sha256>");
        }
        index.put(line.substring(0, space), line.substring(space + 1));
    }

    private static byte[] lines(Map<String, String> index) {
        StringBuilder lines = new StringBuilder();
        index.forEach((name, digest) -> lines.append(name).append(' ').append(digest).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] file(String name, String digest) {
        String key = prefix + name;
        byte[] content =
                objects.read(key)
                        .orElseThrow(
                                () ->
                                        new TransientFailure(
                                                objects.uri(key) + " is in the index but gone"));
        if (!Digests.sha256(content).equals(digest)) {
            throw new TransientFailure(objects.uri(key) + " is not what the index says");
        }
        return content;
    }

    private void write(String name, byte[] content) {
        try (PendingObject object = objects.begin(prefix + name)) {
            object.content().write(content);
            object.publish();
        } catch (IOException e) {
            throw new TransientFailure("cannot write " + objects.uri(prefix + name), e);
        }
    }
}
