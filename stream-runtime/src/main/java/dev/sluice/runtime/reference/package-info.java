/// Data that a service looks things up in and that changes while it runs.
///
/// Enters: a set of files, in a folder or below a prefix of the bucket.
/// Leaves: what was made of the last good set; a newer one without a restart.
/// Never: a half-published set, or nothing because the files cannot be reached.
@NullMarked
package dev.sluice.runtime.reference;

import org.jspecify.annotations.NullMarked;
