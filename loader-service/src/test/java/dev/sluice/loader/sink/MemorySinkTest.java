package dev.sluice.loader.sink;

import dev.sluice.runtime.memory.EffectLog;

import java.util.List;

class MemorySinkTest extends SinkKit {

    private final MemorySink sink = new MemorySink(new EffectLog());

    @Override
    protected Sink sink() {
        return sink;
    }

    @Override
    protected List<String> stored() {
        return sink.rows.entrySet().stream()
                .map(each -> each.getKey() + " @ " + SinkFixtures.enriched(each.getValue()))
                .toList();
    }
}
