package dev.sluice.runtime.publish;

import dev.sluice.runtime.memory.MemoryStreams;
import dev.sluice.runtime.stream.StreamName;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Passes calls on, remembers them, and does something else just before the chosen ones.
final class RecordingClient implements StreamClient {

    private final MemoryStreams streams;
    private final List<List<OutgoingRecord>> puts = new ArrayList<>();
    private final Map<Integer, Runnable> before = new HashMap<>();
    private int listings;

    RecordingClient(MemoryStreams streams) {
        this.streams = streams;
    }

    /// @param call counts from 1
    void beforePut(int call, Runnable action) {
        before.put(call, action);
    }

    @Override
    public List<OpenShard> openShards(StreamName stream) {
        listings++;
        return streams.openShards(stream);
    }

    @Override
    public List<PutResult> put(StreamName stream, List<OutgoingRecord> records) {
        puts.add(records);
        before.getOrDefault(puts.size(), () -> {}).run();
        return streams.put(stream, records);
    }

    List<List<OutgoingRecord>> puts() {
        return puts;
    }

    int listings() {
        return listings;
    }
}
