package dev.sluice.runtime.identity;

import dev.sluice.runtime.memory.MemoryIdentityStore;

class MemoryIdentityStoreTest extends IdentityStoreKit {

    @Override
    IdentityStore store() {
        return new MemoryIdentityStore();
    }
}
