/// Databases of places, from where they are kept.
///
/// Enters: files in a folder or below a prefix of the bucket.
/// Leaves: opened databases that were found to be whole; newer ones without a restart.
/// Never: a stop of the line because a database is away, missing or damaged.
@NullMarked
package dev.sluice.enricher.ingress.geo;

import org.jspecify.annotations.NullMarked;
