package dev.sluice.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fleet.FleetShape;
import dev.sluice.fleet.FleetTask;
import dev.sluice.fleet.ProcessFleet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a validator has let through before it was killed, the next one does not let through again.
class KilledValidatorIT {

    private static final int EVENTS = 400;

    @TempDir Path data;

    @Test
    void notOneCopyPassesOfWhatWasInTheWindowBeforeTheKill() throws Exception {
        try (ProcessFleet fleet = ProcessFleet.start(data, FleetShape.SINGLES, step -> {});
                FleetClient client = new FleetClient(fleet.endpoints())) {
            post(client);
            client.await("SELECT event_id FROM events", rows -> rows.size() == EVENTS);

            FleetTask validator = fleet.tasks("validator").getFirst();
            validator.kill();
            validator.start();
            post(client);
            client.await(counted("duplicates"), List.of(String.valueOf(EVENTS))::equals);

            assertThat(client.query(counted("published"))).containsExactly(String.valueOf(EVENTS));
            assertThat(client.query("SELECT event_id FROM events"))
                    .hasSize(EVENTS)
                    .doesNotHaveDuplicates();
            assertThat(client.query("SELECT SUM(duplicate_rows) FROM load_batches"))
                    .as("copies that came as far as the MERGE")
                    .containsExactly("0");
            validator.awaitReady(Duration.ofMinutes(1));
        }
    }

    private static String counted(String outcome) {
        return "SELECT SUM(" + outcome + ") FROM pipeline_stages WHERE stage = 'validator'";
    }

    private static void post(FleetClient client) throws Exception {
        String events =
                IntStream.range(0, EVENTS)
                        .mapToObj(
                                i ->
                                        """
                                        {"event_id": "e-%d", "event_type": "page_view",
                                         "anonymous_id": "device-%d",
                                         "context": {"page": {"url": "https://shop.example/"}},
                                         "properties": {}}"""
                                                .formatted(i, i % 50))
                        .collect(Collectors.joining(",", "[", "]"));
        assertThat(client.post(events).statusCode()).isEqualTo(200);
    }
}
