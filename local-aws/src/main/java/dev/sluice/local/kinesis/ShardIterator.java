package dev.sluice.local.kinesis;

import java.time.Duration;
import java.util.Optional;

/// A place in a shard from which to read, complete in itself: the server keeps nothing for it.
///
/// @param streamId tells the stream from a later one of the same name
/// @param position logical offset in the shard's log
/// @param issuedMillis when it was given; it is good for [#LIFETIME]
record ShardIterator(
        String stream, long streamId, int shardIndex, long position, long issuedMillis) {

    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final byte KIND = 1;

    static Optional<ShardIterator> parse(String text) {
        return OpaqueToken.decode(
                KIND,
                text,
                in ->
                        new ShardIterator(
                                in.readUTF(),
                                in.readLong(),
                                in.readInt(),
                                in.readLong(),
                                in.readLong()));
    }

    boolean isExpiredAt(long nowMillis) {
        return nowMillis - issuedMillis > LIFETIME.toMillis();
    }

    ShardIterator advancedTo(long next, long nowMillis) {
        return new ShardIterator(stream, streamId, shardIndex, next, nowMillis);
    }

    /// The text on the wire.
    String token() {
        return OpaqueToken.encode(
                KIND,
                out -> {
                    out.writeUTF(stream);
                    out.writeLong(streamId);
                    out.writeInt(shardIndex);
                    out.writeLong(position);
                    out.writeLong(issuedMillis);
                });
    }
}
