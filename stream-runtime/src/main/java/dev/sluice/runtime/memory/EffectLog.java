package dev.sluice.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/// Everything that became visible, in order: what a pipeline test compares as a whole. It can also
/// let the process die between two effects. Thread-safe.
public final class EffectLog {

    private final List<Effect> effects = new ArrayList<>();
    private int left;
    private boolean dead;

    /// @throws SimulatedCrash if this is the effect after which the process is to die; it has taken
    ///     place
    public synchronized void add(Effect effect) {
        mustLive();
        effects.add(effect);
        if (left > 0 && --left == 0) {
            dead = true;
            throw new SimulatedCrash("died after effect: " + effect.line());
        }
    }

    /// Lets the process die right after so many more effects: the call that makes the last of them
    /// throws a {@link SimulatedCrash}, and so does every call on the twins that share this log
    /// from then on.
    public synchronized void dieAfter(int more) {
        if (more < 1) {
            throw new IllegalArgumentException("to die after effect " + more);
        }
        left = more;
    }

    /// A new process: the twins work again, and nothing kills it.
    public synchronized void revive() {
        left = 0;
        dead = false;
    }

    public synchronized boolean dead() {
        return dead;
    }

    /// For twins: called at the beginning of every call that a process makes.
    ///
    /// @throws SimulatedCrash if the process is dead
    public synchronized void mustLive() {
        if (dead) {
            throw new SimulatedCrash("the process is dead already");
        }
    }

    /// Adds a line that no twin knows of.
    public void note(String line) {
        add(new Effect.Note(line));
    }

    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /// Each effect as one line.
    public List<String> lines() {
        return effects().stream().map(Effect::line).toList();
    }

    /// The effects of one kind, in order.
    public <T extends Effect> List<T> of(Class<T> kind) {
        return effects().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public synchronized void clear() {
        effects.clear();
    }
}
