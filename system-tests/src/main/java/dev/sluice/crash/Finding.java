package dev.sluice.crash;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One thing that must be so, and what speaks against it.
///
/// @param claim what must be so, for a person
/// @param against how much speaks against it; the claim holds when it is 0
/// @param examples the first few of them, by id
public record Finding(String claim, long against, List<String> examples) {

    private static final int EXAMPLES = 8;

    public Finding {
        examples = List.copyOf(examples);
    }

    /// @param offenders what speaks against it, each by its id
    public static Finding of(String claim, Collection<String> offenders) {
        return new Finding(
                claim, offenders.size(), offenders.stream().sorted().limit(EXAMPLES).toList());
    }

    public boolean holds() {
        return against == 0;
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "  %-4s %-62s %,d against it",
                        holds() ? "yes" : "NO",
                        claim,
                        against)
                + examples.stream()
                        .map(example -> System.lineSeparator() + "         " + example)
                        .collect(Collectors.joining());
    }
}
