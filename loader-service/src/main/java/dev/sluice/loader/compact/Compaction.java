package dev.sluice.loader.compact;

/// What became of a compaction.
public sealed interface Compaction {

    /// The hour consists of the new files.
    ///
    /// @param filesBefore how many there were
    /// @param rowsBefore of these
    /// @param rows of the new ones; as many fewer as there were copies
    /// @param bytes of the new ones
    record Done(int filesBefore, int files, long rowsBefore, long rows, long bytes)
            implements Compaction {}

    /// Somebody else replaced files meanwhile: the work is thrown away, and done again when it is
    /// due again.
    record Outrun() implements Compaction {}

    /// The hour has no files.
    record Empty() implements Compaction {}
}
