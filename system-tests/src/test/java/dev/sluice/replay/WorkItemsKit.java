package dev.sluice.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What every store of work items does.
abstract class WorkItemsKit {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final ItemCounts COUNTS =
            new ItemCounts(9, 1, 1, 1, 1, 5, 4, 2, 7, 1_000, Map.of("malformed", 1L));

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    final InstantSource clock = () -> now;

    /// Empty, with the clock of the kit.
    abstract WorkItems items();

    private static ReplayPlan plan(String id) {
        return new ReplayPlan(
                id,
                Instant.parse("2026-11-21T10:00:00Z"),
                Instant.parse("2026-11-21T12:00:00Z"),
                Duration.ofHours(3),
                Duration.ofHours(1),
                1,
                null,
                "purchase",
                Stage.LOAD,
                false,
                Map.of("sluice.enricher.off", "traffic"));
    }

    @Test
    void keepsTheFirstPlanOfAnId() {
        WorkItems items = items();
        assertThat(items.find("r-1")).isEmpty();

        assertThat(items.plan(plan("r-1"))).isTrue();
        assertThat(items.plan(plan("r-1"))).isFalse();

        assertThat(items.find("r-1")).contains(plan("r-1"));
        assertThat(items.finished(plan("r-1"))).isEmpty();
    }

    @Test
    void givesEachItemToOneWorker() {
        WorkItems items = items();
        ReplayPlan plan = plan("r-2");

        List<Integer> claimed =
                List.of(
                        items.claim(plan, LEASE).orElseThrow().item().number(),
                        items.claim(plan, LEASE).orElseThrow().item().number());

        assertThat(claimed).containsExactly(0, 1);
        assertThat(items.claim(plan, LEASE)).isEmpty();
    }

    @Test
    void aClaimLastsForAsLongAsItIsRenewed() {
        WorkItems items = items();
        ReplayPlan plan = plan("r-3");
        WorkItems.Claim first = items.claim(plan, LEASE).orElseThrow();
        assertThat(items.claim(plan, LEASE)).isPresent();

        now = now.plusSeconds(59);
        assertThat(items.renew(first, LEASE)).isTrue();
        now = now.plusSeconds(59);

        WorkItems.Claim lapsed = items.claim(plan, LEASE).orElseThrow();
        assertThat(lapsed.item().number()).isEqualTo(1);
        assertThat(items.claim(plan, LEASE)).isEmpty();
    }

    @Test
    void whoLostAnItemCannotRenewOrFinishIt() {
        WorkItems items = items();
        ReplayPlan plan = plan("r-4");
        WorkItems.Claim lost = items.claim(plan, LEASE).orElseThrow();
        now = now.plusSeconds(61);
        WorkItems.Claim taken = items.claim(plan, LEASE).orElseThrow();

        assertThat(taken.item()).isEqualTo(lost.item());
        assertThat(items.renew(lost, LEASE)).isFalse();
        assertThat(items.finish(lost, COUNTS)).isFalse();
        items.giveBack(lost);
        assertThat(items.renew(taken, LEASE)).isTrue();
        assertThat(items.finished(plan)).isEmpty();
    }

    @Test
    void aFinishedItemIsNotGivenAgain() {
        WorkItems items = items();
        ReplayPlan plan = plan("r-5");
        WorkItems.Claim claim = items.claim(plan, LEASE).orElseThrow();

        assertThat(items.finish(claim, COUNTS)).isTrue();
        assertThat(items.finish(claim, COUNTS)).isTrue();
        now = now.plusSeconds(61);

        assertThat(items.finished(plan)).containsExactly(Map.entry(0, COUNTS));
        assertThat(items.renew(claim, LEASE)).isFalse();
        assertThat(items.claim(plan, LEASE).orElseThrow().item().number()).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackIsGivenAtOnce() {
        WorkItems items = items();
        ReplayPlan plan = plan("r-6");
        WorkItems.Claim claim = items.claim(plan, LEASE).orElseThrow();

        items.giveBack(claim);

        assertThat(items.claim(plan, LEASE).orElseThrow().item()).isEqualTo(claim.item());
        assertThat(items.finish(claim, COUNTS)).isFalse();
    }
}
