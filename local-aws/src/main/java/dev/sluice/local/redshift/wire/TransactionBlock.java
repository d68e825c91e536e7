package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.sql.TranslatedStatement;

/// Whether an explicit transaction block is open at the point of the client's message stream that
/// was read last. The server's own word comes only with ReadyForQuery, and drivers send BEGIN
/// together with the first statement.
final class TransactionBlock {

    private enum SinceSync {
        NOTHING,
        OPENED,
        ENDED
    }

    private final SessionState state;
    private SinceSync sinceSync = SinceSync.NOTHING;

    TransactionBlock(SessionState state) {
        this.state = state;
    }

    void runs(TranslatedStatement statement) {
        if (statement.begins()) {
            sinceSync = SinceSync.OPENED;
        } else if (statement.ends()) {
            sinceSync = SinceSync.ENDED;
        }
    }

    void synced() {
        sinceSync = SinceSync.NOTHING;
    }

    boolean isOpen() {
        return switch (sinceSync) {
            case OPENED -> true;
            case ENDED -> false;
            case NOTHING -> state.status() != 'I';
        };
    }
}
