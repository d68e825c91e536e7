/// What the enricher has made of persons' events, as stores to erase from: sessions, links between
/// ids.
///
/// Enters: whose rows are to go.
/// Leaves: the warehouse's tables without them; ids that others had too without a link to them.
/// Never: a row of anybody else changed, or an id of a person told.
@NullMarked
package dev.sluice.gdpr.derived;

import org.jspecify.annotations.NullMarked;
