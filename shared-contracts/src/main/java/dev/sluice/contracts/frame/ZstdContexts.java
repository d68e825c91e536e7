package dev.sluice.contracts.frame;

import com.github.luben.zstd.ZstdCompressCtx;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/// Compression contexts that are used again: a new one costs more than compressing a small frame.
/// There are as many as were ever in use at once. Thread-safe; not a thread-local, because virtual
/// threads come and go.
final class ZstdContexts {

    private final int level;
    private final ArrayDeque<ZstdCompressCtx> idle = new ArrayDeque<>();

    ZstdContexts(int level) {
        this.level = level;
    }

    byte[] compress(byte[] block) {
        ZstdCompressCtx context = take();
        if (context == null) {
            context = new ZstdCompressCtx();
            context.setLevel(level);
        }
        byte[] compressed = context.compress(block);
        giveBack(context); // one that failed is left to its cleaner
        return compressed;
    }

    private synchronized @Nullable ZstdCompressCtx take() {
        return idle.pollLast();
    }

    private synchronized void giveBack(ZstdCompressCtx context) {
        idle.addLast(context);
    }
}
