package dev.sluice.local.redshift.wire;

import dev.sluice.local.redshift.wire.PendingReply.Kind;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// What was sent to the server and not yet answered, in order. It tells whose a reply is: the
/// server answers messages in the order it got them, and after an error it skips everything up to
/// the next Sync.
final class PendingReplies {

    private final Deque<PendingReply> replies = new ArrayDeque<>();
    private boolean skipping;

    synchronized void add(PendingReply reply) {
        if (skipping && reply.kind() != Kind.SYNC && reply.kind() != Kind.QUERY) {
            reply.skipped();
        } else {
            replies.add(reply);
        }
    }

    synchronized Optional<PendingReply> head() {
        return Optional.ofNullable(replies.peek());
    }

    synchronized void answered() {
        replies.poll();
        skipping = false;
    }

    /// An error came. A simple query still gets its ReadyForQuery; in the extended protocol the
    /// messages up to the Sync, already sent or not, stay without answer.
    synchronized void failed() {
        PendingReply head = replies.peek();
        if (head == null || head.kind() == Kind.QUERY || head.kind() == Kind.SYNC) {
            return;
        }
        skipping = true;
        while (!replies.isEmpty() && replies.element().kind() != Kind.SYNC) {
            replies.remove().skipped();
        }
    }

    /// The connection is gone: nobody must wait any more.
    synchronized void abandon() {
        skipping = true;
        replies.forEach(PendingReply::skipped);
        replies.clear();
    }
}
