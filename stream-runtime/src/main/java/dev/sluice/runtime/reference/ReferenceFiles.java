package dev.sluice.runtime.reference;

import java.util.Map;
import java.util.Optional;

/// A set of files that is replaced as a whole. Every call throws {@link
/// dev.sluice.runtime.failure.TransientFailure} when the place cannot be reached.
public interface ReferenceFiles {

    /// A text that is another one whenever the set is; empty when there is none. Cheap.
    Optional<String> version();

    /// The files by name, such as `page_view/1-0-0.json`. May be of a newer version than the one
    /// asked for before.
    Map<String, byte[]> read();

    /// Where they are, for messages.
    String place();
}
