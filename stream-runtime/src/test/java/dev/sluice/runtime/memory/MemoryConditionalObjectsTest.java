package dev.sluice.runtime.memory;

import dev.sluice.runtime.objects.ConditionalObjects;
import dev.sluice.runtime.objects.ConditionalObjectsKit;

class MemoryConditionalObjectsTest extends ConditionalObjectsKit {

    private final MemoryObjectStore store = new MemoryObjectStore();

    @Override
    protected ConditionalObjects objects() {
        return store;
    }

    @Override
    protected void loseNextAnswer() {
        store.faults().loseNextAnswer();
    }
}
