package dev.sluice.loader.window;

import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.StreamRecord;

/// What is gathered of one shard between two publications.
public interface RecordWindow {

    /// Takes one record; touches nothing outside of the process.
    ///
    /// @param batch that brought it
    void add(RecordBatch batch, StreamRecord record);

    /// Whether the record may join what is gathered; if not, that is published first.
    boolean hasRoomFor(StreamRecord next);

    boolean isEmpty();

    /// Makes everything gathered durable and begins anew. When it throws, it still holds everything
    /// and may be called again: what was made durable already is then made once more, the same.
    void publish();

    /// Makes durable what somebody waits for and keeps the rest, if the window tells them apart.
    /// What is kept holds back the acknowledgement of all. When it throws, it is as with
    /// [#publish].
    default void publishUrgent() {}

    /// Forgets what is gathered.
    void discard();
}
