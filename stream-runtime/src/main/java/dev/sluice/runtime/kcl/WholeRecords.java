package dev.sluice.runtime.kcl;

import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Our records are frames, never aggregates of the Kinesis Producer Library: none is looked into.
final class WholeRecords extends AggregatorUtil {

    /// A list of its own, because the library removes records from the answer but still counts on
    /// the argument.
    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, BigInteger firstHashKey, BigInteger lastHashKey) {
        return new ArrayList<>(records);
    }
}
