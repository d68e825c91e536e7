package dev.sluice.replay;

import dev.sluice.loader.archive.ArchivedFrame;

import java.util.Comparator;

/// A frame of the archive and where it lies.
///
/// @param place the folder of its hour that holds the frames of one shard, by its name
record ArchivedRecord(String place, ArchivedFrame frame) {

    /// By arrival. A device's events keep their order, across splits and merges too: sequence
    /// numbers of a child shard are above those of its parents.
    static final Comparator<ArchivedRecord> ORDER =
            Comparator.comparing((ArchivedRecord archived) -> archived.frame().arrivedAt())
                    .thenComparing(archived -> archived.frame().sequence());
}
