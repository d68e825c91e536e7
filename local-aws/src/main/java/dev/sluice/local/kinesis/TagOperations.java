package dev.sluice.local.kinesis;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// AddTagsToStream, RemoveTagsFromStream and ListTagsForStream.
final class TagOperations {

    private static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;

    private final StreamDirectory streams;

    TagOperations(StreamDirectory streams) {
        this.streams = streams;
    }

    Reply addTags(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        List<Map.Entry<String, String>> added = call.parameters().textEntries("Tags");
        if (added.isEmpty()) {
            throw KinesisError.constraint("Tags", "have length greater than or equal to 1");
        }
        stream.change(m -> m.withTags(checked(stream.name(), added, m.tags())));
        return Reply.EMPTY;
    }

    /// The tags there are and those to add, if the service would take them.
    static SortedMap<String, String> checked(
            String stream, List<Map.Entry<String, String>> added, Map<String, String> present) {
        SortedMap<String, String> all = new TreeMap<>(present);
        for (Map.Entry<String, String> tag : added) {
            if (tag.getKey().isEmpty() || tag.getKey().length() > MAX_KEY) {
                throw KinesisError.constraint(
                        "Tags", "have keys of length 1 to " + MAX_KEY + " (stream " + stream + ")");
            }
            if (tag.getValue().length() > MAX_VALUE) {
                throw KinesisError.constraint(
                        "Tags",
                        "have values of length 0 to " + MAX_VALUE + " (stream " + stream + ")");
            }
            all.put(tag.getKey(), tag.getValue());
        }
        if (all.size() > MAX_TAGS) {
            throw KinesisError.invalidArgument(
                    "Stream " + stream + " cannot have more than " + MAX_TAGS + " tags.");
        }
        return all;
    }

    Reply removeTags(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        List<String> keys = call.parameters().texts("TagKeys");
        if (keys.isEmpty()) {
            throw KinesisError.constraint("TagKeys", "have length greater than or equal to 1");
        }
        stream.change(
                manifest -> {
                    NavigableMap<String, String> rest = new TreeMap<>(manifest.tags());
                    keys.forEach(rest::remove);
                    return manifest.withTags(rest);
                });
        return Reply.EMPTY;
    }

    Reply listTags(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        int limit = call.parameters().integer("Limit", 1, MAX_TAGS).orElse(MAX_TAGS);
        String after = call.parameters().text("ExclusiveStartTagKey").orElse("");
        List<Map.Entry<String, String>> rest =
                stream.manifest().tags().entrySet().stream()
                        .filter(tag -> tag.getKey().compareTo(after) > 0)
                        .toList();
        return out -> {
            out.startArray("Tags");
            rest.stream()
                    .limit(limit)
                    .forEach(
                            tag ->
                                    out.startObject()
                                            .string("Key", tag.getKey())
                                            .string("Value", tag.getValue())
                                            .endObject());
            out.endArray().bool("HasMoreTags", rest.size() > limit);
        };
    }
}
