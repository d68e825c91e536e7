package dev.sluice.loader.queue;

class MemoryLoadQueueTest extends LoadQueueKit {

    private final MemoryLoadQueue queue = new MemoryLoadQueue();

    @Override
    protected LoadQueue queue() {
        return queue;
    }
}
