package dev.sluice.collector;

import dev.sluice.collector.process.body.SplitBody;
import dev.sluice.collector.process.door.AdmittedBatch;

/// What became of one request's events.
public sealed interface CollectOutcome {

    /// The stream has all of them, the bad ones with their refusal.
    record Stored(AdmittedBatch batch) implements CollectOutcome {}

    /// None was good, nothing is stored.
    record NothingGood(AdmittedBatch batch) implements CollectOutcome {}

    /// There was not one event, good or bad.
    record NoEvents() implements CollectOutcome {}

    /// The body is spoiled as a whole, nothing is stored.
    record Unreadable(SplitBody.Unreadable why) implements CollectOutcome {}

    /// More events than a request may hold, nothing is stored.
    record TooMany(int maxEvents) implements CollectOutcome {}
}
