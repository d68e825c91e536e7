/// Where an event came from.
///
/// Enters: an address, and databases that were opened elsewhere.
/// Leaves: country, region, city, coordinates, autonomous system.
/// Never: a name service, or an event that waits for a database.
@NullMarked
package dev.sluice.enricher.process.geo;

import org.jspecify.annotations.NullMarked;
