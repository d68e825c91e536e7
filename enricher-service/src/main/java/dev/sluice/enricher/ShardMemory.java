package dev.sluice.enricher;

import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.ShardState;

import java.util.Map;

/// What the enricher remembers of one shard.
///
/// @param marks how far the events of each shard of the validator's have come
/// @param state all of it, for the snapshots
public record ShardMemory(OriginMarks marks, ShardState state) {

    /// Nothing yet.
    ///
    /// @param mostMarks as {@link OriginMarks} has it
    public static ShardMemory empty(int mostMarks) {
        OriginMarks marks = new OriginMarks(mostMarks);
        return new ShardMemory(marks, new ShardState(Map.of("origins", marks)));
    }
}
