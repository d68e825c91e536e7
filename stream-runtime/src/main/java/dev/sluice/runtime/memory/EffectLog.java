package dev.sluice.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/// Everything that became visible, in order: what a pipeline test compares as a whole. Thread-safe.
public final class EffectLog {

    private final List<Effect> effects = new ArrayList<>();

    public synchronized void add(Effect effect) {
        effects.add(effect);
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
