package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/// What the warehouse has of the events of one SDK.
final class SdkRows {

    private static final DateTimeFormatter WAREHOUSE_TIME =
            DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

    private SdkRows() {}

    /// Waits for the rows; then every event is there once, with its ids and its time.
    static void assertOnce(FleetClient client, List<SdkDriver.Sent> sent) throws Exception {
        List<String> rows =
                client.await(
                        "SELECT properties.seq, user_id, anonymous_id, client_event_ts FROM events"
                                + " WHERE user_id LIKE 'u-%s-%%' ORDER BY CAST(properties.seq AS INT)"
                                        .formatted(sent.getFirst().run()),
                        found -> found.size() >= sent.size());

        List<String> ids = new ArrayList<>();
        for (String row : rows) {
            ids.add(row.substring(0, row.lastIndexOf('|')));
        }
        assertThat(ids).containsExactlyElementsOf(sent.stream().map(SdkDriver.Sent::ids).toList());
        for (int i = 0; i < rows.size(); i++) {
            String time = rows.get(i).substring(rows.get(i).lastIndexOf('|') + 1);
            assertThat(instant(time).toEpochMilli())
                    .isCloseTo(sent.get(i).time().toEpochMilli(), within(1000L));
        }
    }

    private static Instant instant(String warehouseTime) {
        return LocalDateTime.parse(warehouseTime, WAREHOUSE_TIME).toInstant(ZoneOffset.UTC);
    }
}
