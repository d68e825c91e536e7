package dev.sluice.enricher;

import dev.sluice.enricher.process.session.OpenSessions;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.state.OriginMarks;
import dev.sluice.runtime.state.ShardState;

import java.util.Map;

/// What the enricher remembers of one shard.
///
/// @param marks how far the events of each shard of the validator's have come
/// @param sessions of its devices
/// @param books of what became of all events
/// @param state that holds them, and the record that they are true for
public record ShardMemory(
        OriginMarks marks, OpenSessions sessions, ShardBooks books, ShardState state) {

    public ShardMemory(OriginMarks marks, OpenSessions sessions, ShardBooks books) {
        this(
                marks,
                sessions,
                books,
                new ShardState(Map.of("origins", marks, "sessions", sessions, "books", books)));
    }
}
