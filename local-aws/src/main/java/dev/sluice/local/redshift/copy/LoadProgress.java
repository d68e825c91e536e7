package dev.sluice.local.redshift.copy;

import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Which file the rows of a running load came from, so that an error at a line of the COPY stream
/// can name its file. Written by the loading thread, read by any.
public final class LoadProgress {

    private final NavigableMap<Long, String> fileByFirstRow = new ConcurrentSkipListMap<>();
    private volatile long rows;

    void started(String file) {
        fileByFirstRow.put(rows + 1, file);
    }

    void loaded(long more) {
        long total = rows + more;
        rows = total;
    }

    /// Rows given to the sink by the files that are finished.
    public long rows() {
        return rows;
    }

    /// The file that holds the given row (from 1), empty when there is none.
    public String fileOfRow(long row) {
        Map.Entry<Long, String> entry = fileByFirstRow.floorEntry(row);
        return entry == null ? "" : entry.getValue();
    }
}
