/// A slice of the events in OpenSearch, for searching and dashboards of the last days.
///
/// Enters: rows.
/// Leaves: documents without texts and ids of persons, in an index for each day of receipt.
/// Never: a field that is not on the list.
@NullMarked
package dev.sluice.loader.sink.opensearch;

import org.jspecify.annotations.NullMarked;
