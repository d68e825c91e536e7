package dev.sluice.loader.publish;

import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.ShardState;

import java.util.Map;

/// What the publish loop remembers of one shard.
///
/// @param marks how far the events of each shard of the enricher's have come
/// @param books of what became of all events
/// @param state that holds both, and the record that both are true for
public record ShardMemory(OriginMarks marks, ShardBooks books, ShardState state) {

    public ShardMemory(OriginMarks marks, ShardBooks books) {
        this(marks, books, new ShardState(Map.of("origins", marks, "books", books)));
    }
}
