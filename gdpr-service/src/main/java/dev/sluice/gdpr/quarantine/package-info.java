/// The quarantine as a store to erase from.
///
/// Enters: whose records are to go.
/// Leaves: the warehouse's rows, objects, large originals and mended bodies without them, and books
/// that balance.
/// Never: an object half written, or a record of anybody else lost.
@NullMarked
package dev.sluice.gdpr.quarantine;

import org.jspecify.annotations.NullMarked;
