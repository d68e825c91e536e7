package dev.sluice.contracts.pii.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// What was found so far in one text; no two overlap, and who comes first keeps the place.
final class Findings {

    private final List<Finding> found = new ArrayList<>(2);
    private final BitSet taken = new BitSet();

    /// @return whether the place was free
    boolean add(PiiKind kind, int from, int to) {
        int next = taken.nextSetBit(from);
        if (next >= 0 && next < to) {
            return false;
        }
        taken.set(from, to);
        found.add(new Finding(kind, from, to));
        return true;
    }

    /// In the order of the text, at their places in the text as it was written.
    List<Finding> in(PlainForm text) {
        return found.stream()
                .sorted(Comparator.comparingInt(Finding::from))
                .map(each -> inOrigin(each, text))
                .toList();
    }

    private static Finding inOrigin(Finding each, PlainForm text) {
        return new Finding(each.kind(), text.origin(each.from()), text.originEnd(each.to()));
    }
}
