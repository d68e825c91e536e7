package dev.sluice.loader.queue;

import java.util.Collection;
import java.util.List;

/// Files that wait for the warehouse, and those set aside because the warehouse cannot load them.
///
/// It only says what to look at; whether a file is loaded stands in the warehouse's ledger. So a
/// file may show up again for a moment after it was removed, and a replay may add it anew.
///
/// Every method throws [dev.sluice.runtime.failure.TransientFailure] if the queue cannot be reached
/// now and [dev.sluice.runtime.failure.SetupFailure] if it is not there or refuses.
public interface LoadQueue {

    /// Adds files, which wait from then on. Adding one again while it waits or is set aside
    /// changes nothing. When it throws, some may be added.
    void add(Collection<LoadFile> files);

    /// Adds one file.
    default void add(LoadFile file) {
        add(List.of(file));
    }

    /// The files that wait, those created first before others. Looks at no more than it gives back.
    /// Each [Lane] has the limit for itself: after an outage a thousand small files of late events
    /// do not hide the few large ones behind them, nor do the files of a replay.
    ///
    /// @param limit at least 1 of each lane
    List<LoadFile> oldest(int limit);

    /// Takes files out, wherever they are, once they are loaded. Files that are not there are
    /// passed over; when it throws, some may be out.
    void remove(Collection<LoadFile> loaded);

    /// Sets a file aside, so that those behind it are loaded. It stays until it is released or
    /// removed. A file that is not there any more is left so.
    ///
    /// @param why it cannot be loaded, for a person
    void setAside(LoadFile file, String why);

    /// Files set aside, in the order of their creation.
    ///
    /// @param limit at least 1
    List<BlockedFile> blocked(int limit);

    /// Lets a file that was set aside wait again, as old as it was.
    ///
    /// @return whether it was set aside
    boolean release(String key);

    /// Whether a file waits or is set aside, as of now.
    boolean has(String key);

    QueueDepth depth();
}
