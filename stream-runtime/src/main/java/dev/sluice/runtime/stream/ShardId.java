package dev.sluice.runtime.stream;

/// The name of one shard of a stream, such as `shardId-000000000000`.
public record ShardId(String value) {

    public ShardId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("empty shard id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
