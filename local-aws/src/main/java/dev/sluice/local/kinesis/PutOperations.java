package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// PutRecord and PutRecords.
final class PutOperations {

    /// Data and partition key of one record.
    static final int MAX_RECORD_BYTES = 1 << 20;

    /// Data and partition keys of one PutRecords.
    static final long MAX_CALL_BYTES = 10L << 20;

    static final int MAX_RECORDS = 500;
    static final int MAX_KEY_CHARS = 256;

    private final StreamDirectory streams;
    private final KinesisFaults faults;
    private final boolean limitsEnforced;

    PutOperations(StreamDirectory streams, KinesisFaults faults, boolean limitsEnforced) {
        this.streams = streams;
        this.faults = faults;
        this.limitsEnforced = limitsEnforced;
    }

    Reply putRecord(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        List<PendingRecord> one = List.of(pending(call.parameters(), stream.name(), ""));
        return switch (write(call, stream, one).getFirst()) {
            case PutOutcome.Refused(KinesisError error) -> throw error;
            case PutOutcome.Written written ->
                    out -> {
                        written.writeTo(out);
                        out.string("EncryptionType", "NONE");
                    };
        };
    }

    Reply putRecords(Call call) {
        KinesisStream stream = streams.of(call.parameters());
        List<PutOutcome> outcomes = write(call, stream, pendingAll(call, stream.name()));
        long failed = outcomes.stream().filter(PutOutcome.Refused.class::isInstance).count();
        return out -> {
            out.number("FailedRecordCount", failed).startArray("Records");
            for (PutOutcome outcome : outcomes) {
                out.startObject();
                outcome.writeTo(out);
                out.endObject();
            }
            out.endArray().string("EncryptionType", "NONE");
        };
    }

    private List<PutOutcome> write(Call call, KinesisStream stream, List<PendingRecord> records) {
        return stream.write(
                shards -> {
                    PutBatch batch = new PutBatch(stream.name(), shards, records);
                    List<String> shardIds = batch.shardIds();
                    call.meet(faults, stream.name(), shardIds);
                    if (call.operation().equals("PutRecords")) {
                        batch.throttle(faults);
                        faults.failRecords(stream.name(), shardIds).forEach(batch::fail);
                    }
                    if (limitsEnforced) {
                        batch.limit(call.nowMillis());
                    }
                    return batch.write(
                            call.nowMillis(),
                            shard -> faults.onWrite(call.operation(), stream.name(), shard));
                });
    }

    private static List<PendingRecord> pendingAll(Call call, String stream) {
        List<Parameters> entries = call.parameters().objects("Records");
        if (entries.isEmpty()) {
            throw KinesisError.constraint(
                    "Records", "have length greater than or equal to 1 (stream " + stream + ")");
        }
        if (entries.size() > MAX_RECORDS) {
            throw KinesisError.constraint(
                    "Records",
                    String.format(
                            Locale.ROOT,
                            "have length less than or equal to %d, was %d (stream %s)",
                            MAX_RECORDS,
                            entries.size(),
                            stream));
        }
        List<PendingRecord> all = new ArrayList<>(entries.size());
        long bytes = 0;
        for (Parameters entry : entries) {
            PendingRecord record =
                    pending(entry, stream, "records." + (all.size() + 1) + ".member.");
            bytes += record.size();
            all.add(record);
        }
        if (bytes > MAX_CALL_BYTES) {
            throw KinesisError.invalidArgument(
                    "Records size exceeds 10 MB limit in stream " + stream + ": " + bytes + ".");
        }
        return all;
    }

    private static PendingRecord pending(Parameters entry, String stream, String path) {
        byte[] data = entry.requiredBlob("Data");
        String key = entry.requiredText("PartitionKey");
        if (key.isEmpty() || key.codePointCount(0, key.length()) > MAX_KEY_CHARS) {
            throw KinesisError.constraint(
                    path + "partitionKey",
                    "have length 1 to " + MAX_KEY_CHARS + " (stream " + stream + ")");
        }
        if (data.length > MAX_RECORD_BYTES) {
            throw KinesisError.constraint(
                    path + "data",
                    String.format(
                            Locale.ROOT,
                            "have length less than or equal to %d, was %d (stream %s)",
                            MAX_RECORD_BYTES,
                            data.length,
                            stream));
        }
        Optional<BigInteger> explicit = entry.hashKey("ExplicitHashKey");
        PendingRecord record =
                PendingRecord.of(key, explicit.orElseGet(() -> HashKey.of(key)), data);
        if (record.size() > MAX_RECORD_BYTES) {
            throw KinesisError.invalidArgument(
                    "Data and partition key exceed 1 MB together in stream " + stream + ".");
        }
        return record;
    }
}
