package dev.sluice.runtime.identity;

/// An id, and the person that it is by itself. Never printed.
///
/// @param person key of the person that the id stands for as long as nothing links it: a hash of
///     all else here, so that it alone tells one id from another; without spaces
/// @param owner whose id it is
/// @param kind of the id
/// @param id as the owner knows it; so that it can be listed
public record IdRef(String person, String owner, String kind, String id) {

    /// @throws IllegalArgumentException if the key is none
    public IdRef {
        if (person.isEmpty() || person.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("the key of a person has no space");
        }
    }

    /// Without the id.
    @Override
    public String toString() {
        return "IdRef[" + kind + " of " + owner + "]";
    }
}
