package dev.sluice.runtime.memory;

import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

/// Something that became visible outside of the process.
public sealed interface Effect {

    /// One line for a test to compare, without the content.
    String line();

    /// A stream took a record.
    record RecordPut(StreamName stream, ShardId shard, byte[] data) implements Effect {
        @Override
        public String line() {
            return "put " + stream + " " + shard;
        }
    }

    /// An object became visible.
    record ObjectPublished(String uri, byte[] content) implements Effect {
        @Override
        public String line() {
            return "publish " + uri;
        }
    }

    /// An object was removed.
    record ObjectDeleted(String uri) implements Effect {
        @Override
        public String line() {
            return "delete " + uri;
        }
    }

    /// Everything of a shard up to a record was acknowledged for good.
    record Checkpoint(StreamName stream, ShardId shard, SequenceNumber sequence) implements Effect {
        @Override
        public String line() {
            return "checkpoint " + stream + " " + shard + " " + sequence;
        }
    }

    /// A closed shard is done, so its children may start.
    record ShardEnd(StreamName stream, ShardId shard) implements Effect {
        @Override
        public String line() {
            return "shard end " + stream + " " + shard;
        }
    }

    /// What a service's own fake adds.
    record Note(String line) implements Effect {}
}
