package dev.sluice.runtime.memory;

import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.BusResult;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;

import java.util.ArrayList;
import java.util.List;

/// A bus in memory with EventBridge's limits, and failures on request. Thread-safe.
public final class MemoryEventBus implements EventBus {

    private final String name;
    private final EffectLog log;
    private final List<BusEvent> taken = new ArrayList<>();
    private int failing;
    private String failure = "";
    private int lostAnswers;
    private boolean away;
    private boolean missing;

    /// @param log gets every event that is taken
    public MemoryEventBus(String name, EffectLog log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized List<BusResult> put(List<BusEvent> events) {
        log.mustLive();
        if (away) {
            throw new TransientFailure("bus " + name + " is away");
        }
        if (missing) {
            throw new SetupFailure("bus " + name + " does not exist");
        }
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            throw new IllegalArgumentException("a put of " + events.size() + " events");
        }
        List<BusResult> results = events.stream().map(this::put).toList();
        if (lostAnswers > 0) {
            lostAnswers--;
            throw new TransientFailure("bus " + name + ": the answer of a put was lost");
        }
        return results;
    }

    /// Everything it took, in order.
    public synchronized List<BusEvent> taken() {
        return List.copyOf(taken);
    }

    /// The next events fail with the code.
    public synchronized void failNext(int count, String code) {
        failing = count;
        failure = code;
    }

    /// The next put takes effect and its answer is lost: it throws a transient failure.
    public synchronized void loseNextAnswer() {
        lostAnswers++;
    }

    /// Every put throws a transient failure and has no effect, until {@link #heal()}.
    public synchronized void goAway() {
        away = true;
    }

    /// The bus is deleted, until {@link #heal()}.
    public synchronized void delete() {
        missing = true;
    }

    public synchronized void heal() {
        failing = 0;
        lostAnswers = 0;
        away = false;
        missing = false;
    }

    private BusResult put(BusEvent event) {
        if (failing > 0) {
            failing--;
            return new BusResult.Failed(failure);
        }
        if (event.size() > MOST_BYTES) {
            return new BusResult.Refused("ValidationException");
        }
        if (!isObject(event.detail())) {
            return new BusResult.Refused("MalformedDetail");
        }
        taken.add(event);
        log.note("event " + name + " " + event.type());
        return new BusResult.Taken();
    }

    /// As far as its ends tell.
    private static boolean isObject(String detail) {
        String text = detail.strip();
        return text.startsWith("{") && text.endsWith("}");
    }
}
