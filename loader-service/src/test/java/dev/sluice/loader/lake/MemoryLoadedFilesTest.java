package dev.sluice.loader.lake;

import java.time.Instant;

class MemoryLoadedFilesTest extends LoadedFilesKit {

    private final MemoryLoadedFiles files = new MemoryLoadedFiles();

    @Override
    protected LoadedFiles files() {
        return files;
    }

    @Override
    protected void load(String key, Instant at) {
        files.load(new ListedFile(key, 7, at, false), at);
    }
}
