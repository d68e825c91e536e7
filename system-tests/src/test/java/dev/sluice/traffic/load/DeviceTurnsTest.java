package dev.sluice.traffic.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class DeviceTurnsTest {

    private final DeviceTurns turns = new DeviceTurns();

    @Test
    void aBatchWaitsForTheOneBeforeOfItsDevice() throws Exception {
        DeviceTurns.Turn first = turns.next("d-1");
        DeviceTurns.Turn second = turns.next("d-1");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(second::await);

        first.await();
        assertThat(waiting).isNotDone();
        first.close();

        assertThat(waiting.get(10, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void devicesDoNotWaitForOneAnother() {
        DeviceTurns.Turn unsettled = turns.next("d-1");

        turns.next("d-2").await();

        assertThat(unsettled.mine()).isNotDone();
    }
}
