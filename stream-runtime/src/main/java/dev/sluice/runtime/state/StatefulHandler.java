package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.ShardHandler;

/// A handler that remembers. {@link StatefulShards} restores what it remembers before it gets its
/// first batch, and keeps it with each checkpoint.
///
/// It is offered only records after the position of its state. A batch whose records all lie before
/// it comes without records but with its token, to be acknowledged like any other.
public interface StatefulHandler extends ShardHandler {

    /// What it remembers; always the same object. Only what is durable downstream may be in it, and
    /// it must reach every record that is acknowledged.
    ShardState state();
}
