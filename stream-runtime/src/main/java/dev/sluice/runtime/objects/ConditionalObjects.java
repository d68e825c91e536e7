package dev.sluice.runtime.objects;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Small objects of which several writers take turns: one is only replaced as its writer has seen
/// it, so nobody undoes another's change. Throws what [ObjectStore] throws.
public interface ConditionalObjects {

    /// The whole object and the tag of its content; empty if there is none.
    Optional<TaggedObject> readTagged(String key);

    /// Writes the object if it is still the one that was seen.
    ///
    /// @param seen its tag; null if there was none
    /// @return false if it is another one by now, which may be what this writer wrote in an earlier
    ///     call that had no answer
    boolean replace(String key, @Nullable String seen, byte[] content);
}
