package dev.sluice.loader.warehouse;

import dev.sluice.loader.queue.Lane;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Files that are loaded in one transaction.
///
/// @param id of the transaction, for ever
/// @param manifestUri where the list of the files is
/// @param files one or more, of one table and layout
/// @param fence the loader's claim to be the leader
public record LoadBatch(String id, String manifestUri, List<LoadFile> files, long fence) {

    public LoadBatch {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("batch " + id + " has no files");
        }
        if (files.stream().map(LoadFile::table).distinct().count() > 1) {
            throw new IllegalArgumentException("batch " + id + " has files of several tables");
        }
        if (files.stream().map(LoadFile::layout).distinct().count() > 1) {
            throw new IllegalArgumentException("batch " + id + " has files of several layouts");
        }
    }

    /// That all files belong into.
    public LoadTable table() {
        return files.getFirst().table();
    }

    /// Whether its rows were loaded before, as far as names of files tell.
    boolean isReplayed() {
        return files.stream().allMatch(file -> file.lane() == Lane.REPLAYED);
    }

    /// That all files have.
    String layout() {
        return files.getFirst().layout();
    }

    /// Rows of all files together, as their writers counted them.
    public long rows() {
        return files.stream().mapToLong(LoadFile::rows).sum();
    }

    Instant firstReceived() {
        return files.stream()
                .map(LoadFile::minReceivedTs)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    Instant lastReceived() {
        return files.stream()
                .map(LoadFile::maxReceivedTs)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
