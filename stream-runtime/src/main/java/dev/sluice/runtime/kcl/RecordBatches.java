package dev.sluice.runtime.kcl;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;

import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/// Turns what the library hands over into a batch of ours; the bytes of a record are copied once.
final class RecordBatches {

    private RecordBatches() {}

    static RecordBatch of(StreamName stream, ShardId shard, ProcessRecordsInput input) {
        List<StreamRecord> records = input.records().stream().map(RecordBatches::record).toList();
        AckToken token =
                records.isEmpty() ? AckToken.none() : AckToken.upTo(records.getLast().sequence());
        // Missing on the last, empty answer of a shard.
        Long behind = input.millisBehindLatest();
        return new RecordBatch(
                stream, shard, records, Duration.ofMillis(behind == null ? 0 : behind), token);
    }

    private static StreamRecord record(KinesisClientRecord record) {
        ByteBuffer data = record.data().duplicate();
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return new StreamRecord(
                SequenceNumber.of(record.sequenceNumber()),
                record.approximateArrivalTimestamp(),
                bytes);
    }
}
