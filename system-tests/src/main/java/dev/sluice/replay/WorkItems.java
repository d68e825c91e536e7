package dev.sluice.replay;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The work items of replays and who works on them, seen by all workers alike.
///
/// A worker holds an item for as long as it renews its claim. Two may hold one for a moment when a
/// claim has lapsed; both make the same files then.
///
/// Every method throws [dev.sluice.runtime.failure.TransientFailure] if the store cannot be reached
/// now and [dev.sluice.runtime.failure.SetupFailure] if it is not there or refuses.
public interface WorkItems {

    /// Notes a plan, unless there is one with its id.
    ///
    /// @return whether there was none
    boolean plan(ReplayPlan plan);

    Optional<ReplayPlan> find(String replay);

    /// Claims the first item that is not finished and that nobody holds.
    ///
    /// @param lease after which the claim lapses unless it is renewed
    /// @return empty if every item is finished or held
    Optional<Claim> claim(ReplayPlan plan, Duration lease);

    /// Holds an item for another lease.
    ///
    /// @return whether the worker still held it; if not, it must stop
    boolean renew(Claim claim, Duration lease);

    /// Finishes an item. Doing it again is right.
    ///
    /// @return whether the worker still held it; if not, nothing is changed
    boolean finish(Claim claim, ItemCounts counts);

    /// Lets others take the item at once, if the worker still held it.
    void giveBack(Claim claim);

    /// What is finished, by the number of the item.
    Map<Integer, ItemCounts> finished(ReplayPlan plan);

    /// A worker's hold on an item.
    ///
    /// @param token tells it from every other claim
    record Claim(String replay, WorkItem item, String token) {}
}
