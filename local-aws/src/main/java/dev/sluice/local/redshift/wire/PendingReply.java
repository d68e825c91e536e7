package dev.sluice.local.redshift.wire;

import java.util.Optional;

/// A message sent to the server whose answer is still to come.
///
/// @param kind which message it was
/// @param error the error the client sees instead of the server's, for a statement made to fail
/// @param copy the load that its COPY mode runs
/// @param catalog where the answer goes when the proxy asked for itself
record PendingReply(
        Kind kind,
        Optional<ServerError> error,
        Optional<CopyRun> copy,
        Optional<CatalogAnswer> catalog) {

    enum Kind {
        PARSE,
        BIND,
        CLOSE,
        DESCRIBE,
        EXECUTE,
        SYNC,
        QUERY
    }

    static PendingReply of(Kind kind) {
        return new PendingReply(kind, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static PendingReply running(Kind kind, Optional<CopyRun> copy) {
        return new PendingReply(kind, Optional.empty(), copy, Optional.empty());
    }

    static PendingReply failing(Kind kind, ServerError error) {
        return new PendingReply(kind, Optional.of(error), Optional.empty(), Optional.empty());
    }

    static PendingReply own(Kind kind, CatalogAnswer answer) {
        return new PendingReply(kind, Optional.empty(), Optional.empty(), Optional.of(answer));
    }

    /// Called when the server will not answer it because an earlier message of the same group
    /// failed.
    void skipped() {
        copy.ifPresent(CopyRun::ended);
        catalog.ifPresent(CatalogAnswer::skipped);
    }

    boolean own() {
        return catalog.isPresent();
    }
}
