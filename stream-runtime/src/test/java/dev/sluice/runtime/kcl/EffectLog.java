package dev.sluice.runtime.kcl;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Everything that had an effect, in the order in which it happened.
final class EffectLog {

    private final List<String> effects = new CopyOnWriteArrayList<>();

    void add(String effect) {
        effects.add(effect);
    }

    List<String> effects() {
        return List.copyOf(effects);
    }

    void clear() {
        effects.clear();
    }
}
