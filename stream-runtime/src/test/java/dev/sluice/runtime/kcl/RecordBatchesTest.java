package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.Test;

import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

class RecordBatchesTest {

    @Test
    void keepsOrderBytesAndAge() {
        RecordBatch batch = ShardBench.acknowledging().batchOf("11", "12");

        assertThat(batch.records())
                .extracting(r -> r.sequence().toString())
                .containsExactly("11", "12");
        assertThat(batch.records().getFirst().data()).isEqualTo(new byte[] {'1', '1'});
        assertThat(batch.behind()).isEqualTo(Duration.ofMillis(1500));
        assertThat(batch.token()).isEqualTo(AckToken.upTo(SequenceNumber.of("12")));
    }

    @Test
    void acknowledgesNothingWithAnEmptyBatchOfUnknownAge() {
        ProcessRecordsInput end = ProcessRecordsInput.builder().records(List.of()).build();
        RecordBatch batch =
                RecordBatches.of(new StreamName("orders"), new ShardId(ShardBench.SHARD), end);

        assertThat(batch.token()).isEqualTo(AckToken.none());
        assertThat(batch.behind()).isZero();
    }

    @Test
    void leavesARecordThatLooksLikeAnAggregateWhole() {
        byte[] data = new byte[64];
        data[0] = (byte) 0xF3;
        data[1] = (byte) 0x89;
        data[2] = (byte) 0x9A;
        data[3] = (byte) 0xC2;
        KinesisClientRecord record =
                KinesisClientRecord.builder()
                        .sequenceNumber("1")
                        .data(ByteBuffer.wrap(data))
                        .build();
        List<KinesisClientRecord> fetched = List.of(record);

        List<KinesisClientRecord> whole =
                new WholeRecords().deaggregate(fetched, BigInteger.ZERO, BigInteger.TEN);

        assertThat(whole).singleElement().isSameAs(record);
        whole.clear();
        assertThat(fetched).hasSize(1);
    }
}
