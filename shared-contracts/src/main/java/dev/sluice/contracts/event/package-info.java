/// What one event is made of while it travels: four sections of JSON bytes, the ids in
/// them, and where the stage before read it.
///
/// Enters: the bytes a client posted and what each service learned about them.
/// Leaves: typed ids, receipt facts, the checked envelope.
/// Never: AWS, Spring, threads, or a re-serialised body: the client's bytes stay as they came.
@NullMarked
package dev.sluice.contracts.event;

import org.jspecify.annotations.NullMarked;
