package dev.sluice.validator;

import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.state.ShardState;
import dev.sluice.validator.process.duplicate.SeenIds;

import java.util.Map;

/// What the validator remembers of one shard.
///
/// @param ids of the events that are on the valid stream
/// @param books of what became of all events
/// @param state that holds both, and the record that both are true for
public record ShardMemory(SeenIds ids, ShardBooks books, ShardState state) {

    public ShardMemory(SeenIds ids, ShardBooks books) {
        this(ids, books, new ShardState(Map.of("seen-ids", ids, "books", books)));
    }
}
