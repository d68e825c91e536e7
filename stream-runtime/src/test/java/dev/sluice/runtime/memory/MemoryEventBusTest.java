package dev.sluice.runtime.memory;

import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.bus.EventBusKit;

import java.util.List;

class MemoryEventBusTest extends EventBusKit {

    private final MemoryEventBus bus = new MemoryEventBus("orders", new EffectLog());

    @Override
    protected EventBus bus() {
        return bus;
    }

    @Override
    protected List<BusEvent> taken() {
        return bus.taken();
    }

    @Override
    protected void failNext(int count) {
        bus.failNext(count, "ThrottlingException");
    }

    @Override
    protected void loseNextAnswer() {
        bus.loseNextAnswer();
    }

    @Override
    protected void goAway() {
        bus.goAway();
    }

    @Override
    protected void comeBack() {
        bus.heal();
    }

    @Override
    protected void delete() {
        bus.delete();
    }
}
