package dev.sluice.collector;

import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.publish.OpenShard;
import dev.sluice.runtime.publish.OutgoingRecord;
import dev.sluice.runtime.publish.PutResult;
import dev.sluice.runtime.publish.StreamClient;
import dev.sluice.runtime.stream.StreamName;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Streams whose puts can be made to wait.
final class GatedStreams implements StreamClient {

    private final MemoryStreams streams;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean closed;

    GatedStreams(MemoryStreams streams) {
        this.streams = streams;
    }

    /// Puts wait from now on.
    void close() {
        set(true);
    }

    void open() {
        set(false);
    }

    @Override
    public List<OpenShard> openShards(StreamName stream) {
        return streams.openShards(stream);
    }

    @Override
    public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
        lock.lock();
        try {
            while (closed) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        return streams.put(stream, records);
    }

    private void set(boolean close) {
        lock.lock();
        try {
            closed = close;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
