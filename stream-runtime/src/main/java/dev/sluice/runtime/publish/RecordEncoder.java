package dev.sluice.runtime.publish;

import java.util.List;

/// Packs values that go to one shard, in order, into stream records. Thread-safe.
@FunctionalInterface
public interface RecordEncoder<E> {

    /// @return one record or more, none larger than a Kinesis record may be
    List<byte[]> encode(List<E> values);
}
