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
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

class ReceiptsTest {

    private static final MessageType TYPE =
            MessageTypeParser.parseMessageType(
                    "message event { required binary tenant_id; required binary event_id;"
                            + " required int64 received_ts; optional int64 enriched_ts; }");

    @TempDir Path folder;

    private record Seen(int row, int event, long received, long enriched) {}

    /// @param memory of a part: all rows in one, or in hundreds of parts
    @ParameterizedTest
    @ValueSource(longs = {1 << 30, 2_000})
    void findsTheCopiesThatAWarehouseFinds(long memory) throws IOException {
        RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");
        Map<Integer, Seen> table = new HashMap<>();
        int count = 10_000;
        BitSet expected = new BitSet();
        expected.set(0, count);
        try (Receipts receipts =
                new Receipts(new PackedSchema(TYPE, Receipts.KEY), count, memory, folder)) {
            for (int row = 0, load = 0; row < count; load++) {
                List<Seen> batch = new ArrayList<>();
                for (int end = Math.min(count, row + 1 + dice.nextInt(800)); row < end; row++) {
                    int event = dice.nextInt(2_000);
                    Seen seen = new Seen(row, event, dice.nextLong(3), dice.nextLong(3));
                    receipts.add(
                            packed("e" + event, seen.received(), seen.enriched()),
                            Instant.ofEpochSecond(load));
                    batch.add(seen);
                }
                load(batch, table);
            }
            table.values().forEach(seen -> expected.clear(seen.row()));
            assertThat(receipts.copies()).isEqualTo(expected);
        }
        assertThat(folder).isEmptyDirectory();
    }

    /// As the warehouse loads a batch: the receipt that it knows survives, or else the first; what
    /// has it restates the row, of several the one enriched last.
    private static void load(List<Seen> batch, Map<Integer, Seen> table) {
        batch.stream()
                .collect(Collectors.groupingBy(Seen::event))
                .forEach(
                        (event, staged) -> {
                            Seen known = table.get(event);
                            long survivor =
                                    known != null
                                            ? known.received()
                                            : staged.stream()
                                                    .mapToLong(Seen::received)
                                                    .min()
                                                    .orElseThrow();
                            staged.stream()
                                    .filter(seen -> seen.received() == survivor)
                                    .max(
                                            Comparator.comparing(Seen::enriched)
                                                    .thenComparing(Seen::row))
                                    .ifPresent(seen -> table.put(event, seen));
                        });
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
