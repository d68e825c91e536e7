package dev.sluice.loader.sink;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.loader.layout.FileLayout;
import dev.sluice.loader.process.Row;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An enriched event on its way to a sink, as the row that the warehouse has of it.
///
/// @param position where it was read
/// @param layout the columns of the row
/// @param version microseconds since 1970 at which it was enriched, or else received; of two rows
///     of one event the greater stands
public record SinkRow(
        QuarantineId position,
        Receipt receipt,
        CheckedFacts facts,
        Row row,
        FileLayout layout,
        long version) {

    /// The ids of the person whose event it is.
    public List<SubjectId> subjects() {
        return Stream.of(
                        SubjectId.of(SubjectKind.USER_ID, facts.userId()),
                        SubjectId.of(SubjectKind.ANONYMOUS_ID, facts.anonymousId()))
                .flatMap(Optional::stream)
                .toList();
    }
}
