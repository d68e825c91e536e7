package dev.sluice.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/// A form of files of history.
public interface HistoryFile {

    /// Reads a file to its end. What is no event is told and passed over.
    void read(InputStream file, Consumer<HistoryLine> events, Consumer<HistoryLine.Bad> bad)
            throws IOException;
}
