package dev.sluice.runtime.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/// What every {@link EventBus} does, whatever is behind it.
public abstract class EventBusKit {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.654321Z");

    /// An empty one.
    protected abstract EventBus bus();

    /// What it took, in order.
    protected abstract List<BusEvent> taken();

    /// The next events fail, to be put again.
    protected abstract void failNext(int count);

    /// The next put takes effect, but its answer never arrives.
    protected abstract void loseNextAnswer();

    /// Cannot be reached, until {@link #comeBack()}.
    protected abstract void goAway();

    protected abstract void comeBack();

    /// The bus is no more.
    protected abstract void delete();

    @Test
    void takesEventsInOrderWithAllTheyCarry() {
        List<BusEvent> events =
                IntStream.range(0, EventBus.MOST_EVENTS).mapToObj(EventBusKit::event).toList();

        assertThat(bus().put(events)).hasSize(10).containsOnly(new BusResult.Taken());
        assertThat(taken().stream().map(EventBusKit::plain))
                .containsExactlyElementsOf(events.stream().map(EventBusKit::plain).toList());
    }

    @Test
    void refusesOnlyTheEventThatIsWrong() {
        BusEvent wrong = new BusEvent("shop", "purchase", AT, "[1]");

        List<BusResult> results = bus().put(List.of(event(1), wrong, event(2)));

        assertThat(results.get(0)).isEqualTo(new BusResult.Taken());
        assertThat(results.get(1)).isInstanceOf(BusResult.Refused.class);
        assertThat(results.get(2)).isEqualTo(new BusResult.Taken());
        assertThat(taken()).hasSize(2);
    }

    @Test
    void takesTheLargestAndRefusesOneThatIsLarger() {
        int rest = EventBus.MOST_BYTES - sized("").size();

        assertThat(bus().put(List.of(sized("x".repeat(rest)))))
                .containsExactly(new BusResult.Taken());
        assertThat(bus().put(List.of(sized("x".repeat(rest + 1)))).getFirst())
                .isInstanceOf(BusResult.Refused.class);
        assertThat(taken()).hasSize(1);
    }

    @Test
    void saysWhichEventFailed() {
        failNext(2);

        List<BusResult> results = bus().put(List.of(event(1), event(2), event(3)));

        assertThat(results.subList(0, 2))
                .allSatisfy(result -> assertThat(result).isInstanceOf(BusResult.Failed.class));
        assertThat(results.get(2)).isEqualTo(new BusResult.Taken());
        assertThat(taken()).hasSize(1);
        bus().put(List.of(event(1)));
        assertThat(taken()).hasSize(2);
    }

    @Test
    void saysItMayWorkLaterWhenAnAnswerIsLost() {
        bus().put(List.of(event(1)));
        loseNextAnswer();

        assertThatThrownBy(() -> bus().put(List.of(event(2))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(bus().name());
        bus().put(List.of(event(2)));
        assertThat(taken()).hasSize(3);
    }

    @Test
    void saysItMayWorkLaterWhenItIsAway() {
        goAway();
        assertThatThrownBy(() -> bus().put(List.of(event(1))))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining(bus().name());

        comeBack();
        bus().put(List.of(event(1)));
        assertThat(taken()).hasSize(1);
    }

    @Test
    void saysThatABusDoesNotExist() {
        delete();

        assertThatThrownBy(() -> bus().put(List.of(event(1))))
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining(bus().name());
    }

    private static BusEvent event(int n) {
        return new BusEvent("shop", "purchase_" + n, AT.plusSeconds(n), "{\"id\":\"é" + n + "\"}");
    }

    private static BusEvent sized(String filling) {
        return new BusEvent("shop", "purchase", AT, "{\"a\":\"" + filling + "\"}");
    }

    /// To the second, and whatever white space the detail has.
    private static BusEvent plain(BusEvent event) {
        return new BusEvent(
                event.source(),
                event.type(),
                event.time().truncatedTo(ChronoUnit.SECONDS),
                JsonMapper.shared().readTree(event.detail()).toString());
    }
}
