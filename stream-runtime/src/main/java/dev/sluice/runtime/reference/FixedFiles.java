package dev.sluice.runtime.reference;

import java.util.Map;
import java.util.Optional;

/// Files that never change, such as those a service brings along.
///
/// @param place where they are, for messages
public record FixedFiles(String place, Map<String, byte[]> read) implements ReferenceFiles {

    public FixedFiles {
        read = Map.copyOf(read);
    }

    @Override
    public Optional<String> version() {
        return Optional.of(place);
    }
}
