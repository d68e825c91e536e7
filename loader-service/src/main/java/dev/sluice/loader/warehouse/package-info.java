/// The warehouse loop: files that wait become rows, each file in exactly one committed transaction.
///
/// Enters: files of the load queue.
/// Leaves: rows, and the ledger that says which files they came from.
/// Never: a file loaded outside of the transaction that writes it into the ledger.
@NullMarked
package dev.sluice.loader.warehouse;

import org.jspecify.annotations.NullMarked;
