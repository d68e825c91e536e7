/// Enters: contract files: JSON Schema 2020-12 with owner, PII classes and warehouse columns.
/// Leaves: a catalog of contracts, and one composed schema for a whole event of a type.
/// Never: the checking of events, caches, clocks, or a place where contracts are published.
@NullMarked
package dev.sluice.contracts.schema;

import org.jspecify.annotations.NullMarked;
