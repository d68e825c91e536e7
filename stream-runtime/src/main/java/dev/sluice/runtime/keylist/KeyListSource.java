package dev.sluice.runtime.keylist;

import dev.sluice.runtime.reference.ReferenceSource;

import java.util.Optional;
import java.util.function.Function;

/// What a reference makes of a list of keys.
///
/// @param reader makes something of the list, which it reads
public record KeyListSource<T>(KeyList list, Function<KeyList, T> reader)
        implements ReferenceSource<T> {

    /// An empty list is one too.
    @Override
    public Optional<String> version() {
        return Optional.of(list.version());
    }

    @Override
    public T read() {
        return reader.apply(list);
    }

    @Override
    public String place() {
        return list.place();
    }
}
