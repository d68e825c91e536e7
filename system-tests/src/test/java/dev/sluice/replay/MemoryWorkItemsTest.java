package dev.sluice.replay;

import dev.sluice.runtime.memory.EffectLog;

class MemoryWorkItemsTest extends WorkItemsKit {

    private final WorkItems items = new MemoryWorkItems(clock, new EffectLog());

    @Override
    WorkItems items() {
        return items;
    }
}
