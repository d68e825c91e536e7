package dev.sluice.runtime.identity;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Where ids and their links are kept. What is written is seen by every read that comes after, and
/// any number may write at once. Calls throw {@link dev.sluice.runtime.failure.TransientFailure}
/// when the store cannot be reached, is overloaded or takes too long, and {@link
/// dev.sluice.runtime.failure.SetupFailure} when it is missing, refuses, or holds what cannot be
/// read.
public interface IdentityStore {

    /// What is known of ids.
    ///
    /// @param persons keys of the ids, any number
    /// @param within how long it may take
    /// @return by key; an id that nothing is known of is not there
    Map<String, Identity> find(Collection<String> persons, Duration within);

    /// Stores links, each for itself: first that the person has the id, then that the id belongs to
    /// the person. Who finds the first without the second takes it for nothing.
    ///
    /// @param mostIds that may be linked to one person
    /// @param within how long it may take; what is not done by then has failed
    /// @return of each link, in their order; never throws for the store
    List<LinkOutcome> link(List<NewLink> links, int mostIds, Duration within);

    /// Takes links of an id away as if they had never been. Doing it again is right.
    void unlink(String person, Collection<Link> links);

    /// Removes what is known of ids, one after the other in this order. Doing it again is right.
    void remove(List<String> persons);

    /// Where it is, for messages.
    String place();
}
