package dev.sluice.runtime.identity;

/// A link to be made.
///
/// @param from the id that belongs to another from now on
/// @param to the id that it belongs to; `link` has its key
public record NewLink(IdRef from, IdRef to, Link link) {

    /// @throws IllegalArgumentException if the ids are one, or the link is to another
    public NewLink {
        if (from.person().equals(to.person()) || !link.person().equals(to.person())) {
            throw new IllegalArgumentException("a link goes from one id to another");
        }
    }
}
