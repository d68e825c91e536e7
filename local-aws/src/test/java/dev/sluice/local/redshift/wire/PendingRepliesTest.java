package dev.sluice.local.redshift.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.redshift.wire.PendingReply.Kind;

import org.junit.jupiter.api.Test;

final class PendingRepliesTest {

    private final PendingReplies pending = new PendingReplies();

    private void sent(Kind... kinds) {
        for (Kind kind : kinds) {
            pending.add(PendingReply.of(kind));
        }
    }

    private void assertNext(Kind kind) {
        assertThat(pending.head().map(PendingReply::kind)).contains(kind);
    }

    @Test
    void answersInTheOrderOfSending() {
        sent(Kind.PARSE, Kind.BIND, Kind.SYNC);
        pending.answered();
        assertNext(Kind.BIND);
    }

    @Test
    void skipsToTheSyncAfterAnError() {
        sent(Kind.PARSE, Kind.BIND, Kind.EXECUTE, Kind.SYNC, Kind.PARSE);
        pending.failed();
        assertNext(Kind.SYNC);
        pending.answered();
        assertNext(Kind.PARSE);
    }

    @Test
    void skipsWhatIsSentAfterAnErrorAndBeforeTheSync() {
        sent(Kind.PARSE);
        pending.failed();
        sent(Kind.BIND, Kind.EXECUTE, Kind.SYNC, Kind.PARSE);
        assertNext(Kind.SYNC);
    }

    @Test
    void keepsAFailedSimpleQueryUntilItsReadyForQuery() {
        sent(Kind.QUERY);
        pending.failed();
        assertNext(Kind.QUERY);
    }

    @Test
    void tellsWhoWaitsThatNoAnswerComes() {
        CatalogAnswer skipped = new CatalogAnswer(1, false);
        CatalogAnswer abandoned = new CatalogAnswer(1, false);
        sent(Kind.PARSE);
        pending.failed();
        pending.add(PendingReply.own(Kind.PARSE, skipped));
        assertThat(skipped.await()).isEmpty();
        sent(Kind.SYNC);
        pending.answered();
        pending.add(PendingReply.own(Kind.PARSE, abandoned));
        pending.abandon();
        assertThat(abandoned.await()).isEmpty();
    }
}
