package dev.sluice.runtime.reference;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.objects.ObjectStore;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Files below a prefix of the bucket, named by an index: a line for each, `<name> <sha256>`. The
/// index is written last, so readers see a set wholly or not at all; it is all they read until it
/// changes, and then they read what is new. An object is never changed under its name, so readers
/// of the index before are not surprised either: a file that may change has an object for each of
/// its contents, `<name>@<sha256>`, and the index names one of them.
public final class StoredFiles implements ReferenceFiles {

    private static final String INDEX = "index.txt";
    private static final char CONTENT = '@';

    private final ObjectStore objects;
    private final String prefix;
    /// Contents of the files that were read last, by digest.
    private volatile Map<String, byte[]> lastRead = Map.of();

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
        Map<String, String> index = index();
        Map<String, byte[]> known = lastRead;
        List<String> unread =
                index.keySet().stream()
                        .filter(object -> !known.containsKey(digest(index, object)))
                        .toList();
        Map<String, byte[]> contents =
                ManyReads.of(unread, object -> file(object, digest(index, object)));
        Map<String, byte[]> files = new TreeMap<>();
        Map<String, byte[]> byDigest = new HashMap<>();
        for (String object : index.keySet()) {
            String digest = digest(index, object);
            byte[] fresh = contents.get(object);
            byte[] content = fresh == null ? Objects.requireNonNull(known.get(digest)) : fresh;
            files.put(nameOf(object), content);
            byDigest.put(digest, content);
        }
        lastRead = byDigest;
        return files;
    }

    private static String digest(Map<String, String> index, String object) {
        return Objects.requireNonNull(index.get(object));
    }

    /// Makes these files the set, besides those that are in it already. None of them may change
    /// later.
    ///
    /// @return how many are new
    /// @throws SetupFailure if a file of that name but with other content is in the set
    /// @throws TransientFailure if it is not done, or somebody else did the same at the same time;
    ///     doing it again does no harm
    public int publish(Map<String, byte[]> files) {
        return publish(files, name -> false);
    }

    /// The same for files of which some may take the place of those of their name.
    ///
    /// @param mayChange tells them by name; always the same for one name
    /// @return how many are new or changed
    public int publish(Map<String, byte[]> files, Predicate<String> mayChange) {
        Map<String, String> index = index();
        int added = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = file.getKey();
            requireName(name);
            String digest = Digests.sha256(file.getValue());
            String object = mayChange.test(name) ? name + CONTENT + digest : name;
            String before = index.putIfAbsent(object, digest);
            if (before == null) {
                objects.write(prefix + object, file.getValue());
                index.keySet().removeIf(other -> isOther(other, object));
                added++;
            } else if (!before.equals(digest)) {
                throw new SetupFailure(
                        objects.uri(prefix + name)
                                + " is published with other content; files are never changed");
            }
        }
        if (added > 0) {
            objects.write(prefix + INDEX, text(index));
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

    private static byte[] text(Map<String, String> index) {
        StringBuilder lines = new StringBuilder();
        index.forEach(
                (object, digest) -> lines.append(object).append(' ').append(digest).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String nameOf(String object) {
        int content = object.indexOf(CONTENT);
        return content < 0 ? object : object.substring(0, content);
    }

    /// Whether both are contents of one file.
    private static boolean isOther(String other, String object) {
        return !other.equals(object) && nameOf(other).equals(nameOf(object));
    }

    private static void requireName(String name) {
        if (name.indexOf(CONTENT) >= 0 || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("no name of a file of a set: " + name);
        }
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
}
