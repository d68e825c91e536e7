package dev.sluice.loader.lake;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files that an hour consists of, and those it consisted of before. Immutable.
///
/// @param version grows with every change
/// @param files each once, in the order in which they were loaded
/// @param replaced are never added again
public record FileList(long version, List<ListedFile> files, List<ReplacedFile> replaced) {

    /// Of an hour that nothing is known of.
    public static final FileList EMPTY = new FileList(0, List.of(), List.of());

    private static final JsonMapper JSON = JsonMapper.shared();

    public FileList {
        files = files.stream().sorted(Comparator.comparing(ListedFile::loadedAt)).toList();
        replaced = List.copyOf(replaced);
    }

    /// With the files that it does not know yet; the same list if it knows all of them.
    public FileList with(Collection<ListedFile> loaded) {
        Set<String> known = keys();
        replaced.forEach(each -> known.add(each.key()));
        List<ListedFile> all = new ArrayList<>(files);
        for (ListedFile file : loaded) {
            if (known.add(file.key())) {
                all.add(file);
            }
        }
        return all.size() == files.size() ? this : new FileList(version + 1, all, replaced);
    }

    /// With other files in the place of some.
    ///
    /// @param made have names that no file had before
    /// @return the same list if that is done already; empty if one of those to be replaced is not
    ///     there: somebody else has replaced it, and what was made of it may hold rows that are to
    ///     be nowhere
    public Optional<FileList> swap(Set<String> old, List<ListedFile> made, Instant now) {
        if (has(made)) {
            return Optional.of(this);
        }
        if (!keys().containsAll(old)) {
            return Optional.empty();
        }
        List<ListedFile> all = new ArrayList<>(made);
        files.stream().filter(file -> !old.contains(file.key())).forEach(all::add);
        List<ReplacedFile> before = new ArrayList<>(replaced);
        files.stream()
                .filter(file -> old.contains(file.key()))
                .map(file -> new ReplacedFile(file.key(), file.loadedAt(), now, false))
                .forEach(before::add);
        return Optional.of(new FileList(version + 1, all, before));
    }

    /// Whether it has all of these, of which there is one at least.
    public boolean has(List<ListedFile> made) {
        return !made.isEmpty() && files.containsAll(made);
    }

    /// With each replaced file as it is to be.
    public FileList withReplaced(UnaryOperator<ReplacedFile> change) {
        return new FileList(version + 1, files, replaced.stream().map(change).toList());
    }

    /// The keys of its files.
    public Set<String> keys() {
        return files.stream().map(ListedFile::key).collect(Collectors.toCollection(HashSet::new));
    }

    /// Whether the object is one of its files, or was and is still there for readers.
    public boolean knows(String key) {
        return Stream.concat(
                        files.stream().map(ListedFile::key),
                        replaced.stream().map(ReplacedFile::key))
                .anyMatch(key::equals);
    }

    /// As an object.
    public byte[] encode() {
        ObjectNode json = JSON.createObjectNode().put("version", version);
        ArrayNode current = json.putArray("files");
        for (ListedFile file : files) {
            current.addObject()
                    .put("key", file.key())
                    .put("rows", file.rows())
                    .put("loaded", file.loadedAt().toString())
                    .put("compacted", file.compacted());
        }
        ArrayNode before = json.putArray("replaced");
        for (ReplacedFile file : replaced) {
            before.addObject()
                    .put("key", file.key())
                    .put("loaded", file.loadedAt().toString())
                    .put("since", file.since().toString())
                    .put("deleted", file.deleted());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException if it is no list
    static FileList decode(byte[] object) {
        try {
            JsonNode json = JSON.readTree(object);
            return new FileList(
                    json.required("version").longValue(),
                    json.required("files").valueStream().map(FileList::file).toList(),
                    json.required("replaced").valueStream().map(FileList::replacedFile).toList());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a file list", e);
        }
    }

    private static ListedFile file(JsonNode json) {
        return new ListedFile(
                json.required("key").stringValue(),
                json.required("rows").longValue(),
                loaded(json),
                json.required("compacted").booleanValue());
    }

    private static ReplacedFile replacedFile(JsonNode json) {
        return new ReplacedFile(
                json.required("key").stringValue(),
                loaded(json),
                moment(json, "since"),
                json.required("deleted").booleanValue());
    }

    /// Lists from before it was kept have files of live loads only, in their order.
    private static Instant loaded(JsonNode json) {
        return json.has("loaded") ? moment(json, "loaded") : Instant.EPOCH;
    }

    private static Instant moment(JsonNode json, String field) {
        return Instant.parse(json.required(field).stringValue());
    }
}
