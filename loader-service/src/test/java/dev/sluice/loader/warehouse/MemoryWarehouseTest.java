package dev.sluice.loader.warehouse;

import dev.sluice.loader.StoredRow;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectStore;

import java.util.List;

class MemoryWarehouseTest extends WarehouseKit {

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final MemoryWarehouse warehouse = new MemoryWarehouse(objects, new EffectLog());

    @Override
    protected Warehouse warehouse() {
        return warehouse;
    }

    @Override
    protected ObjectStore objects() {
        return objects;
    }

    @Override
    protected List<String> ids() {
        return warehouse.rows().stream().map(StoredRow::eventId).toList();
    }

    @Override
    protected List<String> quarantined() {
        return warehouse.quarantined();
    }

    @Override
    protected List<String> sessions() {
        return warehouse.sessions();
    }

    @Override
    protected long links() {
        return warehouse.links();
    }
}
