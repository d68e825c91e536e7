package dev.sluice.runtime.keylist;

import dev.sluice.runtime.memory.MemoryKeyList;

class MemoryKeyListTest extends KeyListKit {

    @Override
    KeyList list() {
        return new MemoryKeyList();
    }
}
