package dev.sluice.runtime.publish;

import dev.sluice.runtime.stream.StreamName;

import java.util.List;

/// The two calls of Kinesis that publishing needs. No retries: those live in {@link
/// StreamPublisher}.
public interface StreamClient {

    /// The open shards, in the order of their hash ranges, which together cover the whole space.
    ///
    /// @throws dev.sluice.runtime.failure.TransientFailure if the stream cannot be reached now
    /// @throws dev.sluice.runtime.failure.SetupFailure if it does not exist or access is refused
    List<OpenShard> openShards(StreamName stream);

    /// Puts records, at most 500 of 1 MiB each and 5 MiB together.
    ///
    /// @return one result for each record, in order; some may have failed
    /// @throws dev.sluice.runtime.failure.TransientFailure if none is known to have been taken; the
    ///     call may still have taken effect when the answer was lost, so sending again can make a
    ///     copy, which readers recognise by event id
    /// @throws dev.sluice.runtime.failure.SetupFailure if it does not exist or access is refused
    List<PutResult> put(StreamName stream, List<OutgoingRecord> records);
}
