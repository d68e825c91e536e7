package dev.sluice.local.kinesis;

/// What became of one record.
sealed interface PutOutcome {

    record Written(String shardId, SequenceNumber sequenceNumber) implements PutOutcome {}

    record Refused(KinesisError error) implements PutOutcome {}

    static PutOutcome written(String shardId, SequenceNumber sequenceNumber) {
        return new Written(shardId, sequenceNumber);
    }

    static PutOutcome throttled(String stream, String shardId) {
        return new Refused(KinesisError.throttled(stream, shardId));
    }

    static PutOutcome internalFailure() {
        return new Refused(KinesisError.internal("Internal service failure."));
    }

    default void writeTo(WireWriter out) {
        switch (this) {
            case Written(String shardId, SequenceNumber number) ->
                    out.string("SequenceNumber", number.toString()).string("ShardId", shardId);
            case Refused(KinesisError error) ->
                    out.string("ErrorCode", error.type()).string("ErrorMessage", error.text());
        }
    }
}
