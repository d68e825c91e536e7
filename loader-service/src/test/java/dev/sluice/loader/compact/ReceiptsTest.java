package dev.sluice.loader.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.loader.parquet.PackedRow;
import dev.sluice.loader.parquet.PackedSchema;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

class ReceiptsTest {

    private static final MessageType TYPE =
            MessageTypeParser.parseMessageType(
                    "message event { required binary tenant_id; required binary event_id;"
                            + " required int64 received_ts; optional int64 enriched_ts; }");

    @TempDir Path folder;

    /// @param memory of a part: all rows in one, or in hundreds of parts
    @ParameterizedTest
    @ValueSource(longs = {1 << 30, 2_000})
    void findsTheCopiesThatAMapFinds(long memory) throws IOException {
        RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");
        record Seen(int row, long received, long enriched) {}
        Map<Integer, Seen> stays = new HashMap<>();
        int count = 10_000;
        BitSet expected = new BitSet();
        expected.set(0, count);
        try (Receipts receipts =
                new Receipts(new PackedSchema(TYPE, Receipts.KEY), count, memory, folder)) {
            for (int i = 0; i < count; i++) {
                int event = dice.nextInt(4_000);
                Seen row = new Seen(i, dice.nextLong(3), dice.nextLong(3));
                receipts.add(packed("e" + event, row.received(), row.enriched()));
                stays.merge(
                        event,
                        row,
                        (before, now) ->
                                now.received() != before.received()
                                        ? now.received() < before.received() ? now : before
                                        : now.enriched() >= before.enriched() ? now : before);
            }
            stays.values().forEach(row -> expected.clear(row.row()));
            assertThat(receipts.copies()).isEqualTo(expected);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void hasNoCopiesAmongNoRows() throws IOException {
        try (Receipts receipts =
                new Receipts(new PackedSchema(TYPE, Receipts.KEY), 0, 1000, folder)) {
            assertThat(receipts.copies().isEmpty()).isTrue();
        }
    }

    private static PackedRow packed(String event, long received, long enriched) {
        byte[] id = event.getBytes(StandardCharsets.UTF_8);
        ByteBuffer row = ByteBuffer.allocate(id.length + 1 + 20);
        row.put(id).put((byte) 0);
        row.putShort((short) 2).putLong(received).putShort((short) 3).putLong(enriched);
        return new PackedRow(row.array(), id.length + 1);
    }
}
