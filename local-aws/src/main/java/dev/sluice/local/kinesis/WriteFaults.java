package dev.sluice.local.kinesis;

/// What goes wrong with one write to a shard's log.
///
/// @param skewMillis how far the clock that gives arrival times is off
/// @param diskFull whether the disk takes a part and no more
record WriteFaults(long skewMillis, boolean diskFull) {

    static final WriteFaults NONE = new WriteFaults(0, false);
}
