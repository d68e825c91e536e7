package dev.sluice.runtime.state;

import dev.sluice.runtime.stream.SequenceNumber;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of one snapshot of a shard: `<checkpoint>-<lease>`. Two tasks that both believe to own
/// the shard may come by the same checkpoint; neither writes over what the other one's later
/// snapshots continue.
///
/// @param checkpoint it can be started from
/// @param lease of the task that wrote it: letters and digits, different for each tenure
record SnapshotName(SequenceNumber checkpoint, String lease) {

    private static final Pattern FORM = Pattern.compile("([0-9]+)-([0-9a-z]+)");

    /// The name in this text; null if there is none.
    static @Nullable SnapshotName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? new SnapshotName(SequenceNumber.of(matcher.group(1)), matcher.group(2))
                : null;
    }

    @Override
    public String toString() {
        return checkpoint + "-" + lease;
    }
}
