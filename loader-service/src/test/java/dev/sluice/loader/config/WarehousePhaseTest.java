package dev.sluice.loader.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.KclConsumers;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

class WarehousePhaseTest {

    /// Spring stops from the highest phase to the lowest.
    @Test
    void theWarehouseLoopStopsAfterTheConsumersAndBeforeTheWebServer() {
        assertThat(
                        new int[] {
                            KclConsumers.PHASE,
                            WarehousePhase.PHASE,
                            WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE
                        })
                .isSortedAccordingTo((a, b) -> Integer.compare(b, a))
                .doesNotHaveDuplicates();
    }
}
