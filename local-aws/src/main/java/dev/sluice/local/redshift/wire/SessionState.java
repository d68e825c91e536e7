package dev.sluice.local.redshift.wire;

/// What both threads of a session know of it.
final class SessionState {

    /// Transaction status of the last ReadyForQuery: `I` idle, `T` in a transaction block, `E` in a
    /// failed one.
    private volatile char status = 'I';

    private volatile long lastCopyCount;

    char status() {
        return status;
    }

    void ready(char newStatus) {
        status = newStatus;
    }

    boolean failed() {
        return status == 'E';
    }

    long lastCopyCount() {
        return lastCopyCount;
    }

    void copied(long rows) {
        lastCopyCount = rows;
    }
}
