package dev.sluice.runtime.bus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

class EventBusTest {

    private record Held(BusEvent event) implements EventBus.HasBusEvent {}

    @Test
    void makesPutsOfTenEvents() {
        assertThat(EventBus.puts(Collections.nCopies(21, held(10))))
                .extracting(List::size)
                .containsExactly(10, 10, 1);
        assertThat(EventBus.puts(List.<Held>of())).isEmpty();
    }

    @Test
    void makesPutsOfAMebibyteAndLeavesTheTooLargeAlone() {
        Held half = held(EventBus.MOST_BYTES / 2);
        Held tooLarge = held(EventBus.MOST_BYTES + 1);

        assertThat(EventBus.puts(List.of(half, half, half, tooLarge, half)))
                .containsExactly(
                        List.of(half, half), List.of(half), List.of(tooLarge), List.of(half));
    }

    private static Held held(int size) {
        int around = new BusEvent("s", "t", Instant.EPOCH, "").size();
        return new Held(
                new BusEvent("s", "t", Instant.EPOCH, "x".repeat(Math.max(0, size - around))));
    }
}
