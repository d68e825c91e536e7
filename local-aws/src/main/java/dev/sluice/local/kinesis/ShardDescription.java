package dev.sluice.local.kinesis;

import java.util.List;

/// Writes shards the way DescribeStream, ListShards and GetRecords show them.
final class ShardDescription {

    private ShardDescription() {}

    static void write(WireWriter out, Shard shard) {
        ShardManifest manifest = shard.manifest();
        out.startObject().string("ShardId", shard.id());
        if (manifest.parent() != null) {
            out.string("ParentShardId", Shard.idOf(manifest.parent()));
        }
        if (manifest.adjacentParent() != null) {
            out.string("AdjacentParentShardId", Shard.idOf(manifest.adjacentParent()));
        }
        writeRange(out, shard.range());
        out.startObject("SequenceNumberRange")
                .string("StartingSequenceNumber", shard.sequenceNumber(0).toString());
        if (!shard.isOpen()) {
            String last = shard.sequenceNumber(shard.log().end()).toString();
            out.string("EndingSequenceNumber", last);
        }
        out.endObject().endObject();
    }

    /// A child as a reader at the end of its parent is told of it.
    static void writeChild(WireWriter out, Shard child) {
        ShardManifest manifest = child.manifest();
        out.startObject().string("ShardId", child.id());
        out.strings(
                "ParentShards",
                manifest.adjacentParent() == null
                        ? List.of(Shard.idOf(parentOf(manifest)))
                        : List.of(
                                Shard.idOf(parentOf(manifest)),
                                Shard.idOf(manifest.adjacentParent())));
        writeRange(out, child.range());
        out.endObject();
    }

    private static int parentOf(ShardManifest child) {
        Integer parent = child.parent();
        if (parent == null) {
            throw new IllegalStateException("shard " + child.index() + " has no parent");
        }
        return parent;
    }

    private static void writeRange(WireWriter out, HashRange range) {
        out.startObject("HashKeyRange")
                .string("StartingHashKey", range.start().toString())
                .string("EndingHashKey", range.end().toString())
                .endObject();
    }
}
