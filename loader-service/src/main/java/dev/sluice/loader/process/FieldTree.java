package dev.sluice.loader.process;

import dev.sluice.contracts.event.EventSection;
import dev.sluice.contracts.table.Column;
import dev.sluice.contracts.table.ColumnSource;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonPointer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The fields of one section that some column wants, as a tree of names, so that one walk through
/// the JSON finds them all and skips the rest.
final class FieldTree {

    private final Map<String, FieldTree> children = new HashMap<>();
    private @Nullable TargetColumn target;

    /// The columns that an event can fill from this section, and their places in a row.
    static FieldTree of(EventSection section, List<Column> staging, Predicate<Column> wanted) {
        FieldTree root = new FieldTree();
        for (int i = 0; i < staging.size(); i++) {
            Column column = staging.get(i);
            if (wanted.test(column)
                    && column.source() instanceof ColumnSource.InEvent in
                    && in.section() == section) {
                root.add(in.pointer(), new TargetColumn(i, column.name(), column.type()));
            }
        }
        return root;
    }

    @Nullable FieldTree child(String name) {
        return children.get(name);
    }

    /// The column that takes the value found here.
    @Nullable TargetColumn target() {
        return target;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    private void add(JsonPointer pointer, TargetColumn column) {
        FieldTree node = this;
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            node = node.children.computeIfAbsent(at.getMatchingProperty(), _ -> new FieldTree());
        }
        if (node.target != null) {
            throw new IllegalArgumentException(
                    "columns " + node.target.name() + " and " + column.name() + " want one field");
        }
        node.target = column;
    }
}
