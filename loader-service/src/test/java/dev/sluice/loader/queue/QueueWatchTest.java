package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.loader.pause.LoadPause;
import dev.sluice.loader.pause.MemoryPauseFlag;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

class QueueWatchTest {

    private static final Duration UNHEALTHY = Duration.ofMinutes(5);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile boolean away;
    private volatile Instant now = LoadQueueKit.file("any", 1).createdAt();
    private final MemoryLoadQueue queue =
            new MemoryLoadQueue(() -> now, new EffectLog(), this::failIfAway);
    private final MemoryPauseFlag pause = new MemoryPauseFlag();
    private final QueueWatch watch =
            new QueueWatch(queue, pause, Duration.ofMillis(5), UNHEALTHY, () -> now, meters);

    @Test
    void showsWhatWaitsAndForHowLong() {
        queue.add(LoadQueueKit.file("a", 1));
        queue.add(LoadQueueKit.file("b", 2));
        watch.look();
        now = now.plusSeconds(30);

        assertThat(gauge("waiting")).isEqualTo(2);
        assertThat(meters.get("sluice.load.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(30);
        assertThat(watch.health().up()).isTrue();
        assertThat(watch.health().details())
                .containsEntry("waiting", "2")
                .containsEntry("oldest", "PT30S")
                .containsEntry("blocked", "0");
    }

    @Test
    void saysWhoPausedTheLoadsAndIsNotUnhealthyForIt() {
        queue.add(LoadQueueKit.file("a", 1));
        pause.pause(new LoadPause("ann", now, "vacuum"));
        watch.look();
        Instant since = now;
        now = now.plus(UNHEALTHY).plusSeconds(1);

        assertThat(watch.health().up()).isTrue();
        assertThat(watch.health().why())
                .isEqualTo("loads are paused by ann since " + since + ": vacuum");
        assertThat(meters.get("sluice.load.paused").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(301);

        pause.resume();
        watch.look();
        assertThat(watch.health().up()).isFalse();
        assertThat(meters.get("sluice.load.paused").timeGauge().value(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aFileThatWaitsTooLongIsUnhealthyUntilItIsGone() {
        queue.add(LoadQueueKit.file("a", 1));
        watch.look();
        now = now.plus(UNHEALTHY).plusSeconds(1);

        assertThat(watch.health().up()).isFalse();
        assertThat(watch.health().why()).contains("since 301 s");

        queue.remove(List.of(LoadQueueKit.file("a", 1)));
        watch.look();
        assertThat(watch.health().up()).isTrue();
    }

    @Test
    void filesSetAsideAreSaidWithoutMakingTheServiceUnhealthy() {
        queue.add(LoadQueueKit.file("a", 1));
        queue.setAside(LoadQueueKit.file("a", 1), "no Parquet");
        watch.look();

        assertThat(watch.health().up()).isTrue();
        assertThat(watch.health().why()).contains("1 files are set aside");
        assertThat(gauge("blocked")).isEqualTo(1);
    }

    @Test
    void aQueueThatCannotBeReadIsUnhealthyAndItsLagGrowsOn() {
        queue.add(LoadQueueKit.file("a", 1));
        watch.look();
        away = true;
        watch.look();
        now = now.plusSeconds(60);

        assertThat(watch.health().up()).isFalse();
        assertThat(watch.health().why()).contains("the queue is away");
        assertThat(meters.get("sluice.load.lag").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(60);
    }

    @Test
    void looksByItselfUntilItIsClosed() {
        watch.start();
        queue.add(LoadQueueKit.file("a", 1));
        await().atMost(Duration.ofSeconds(20)).until(() -> gauge("waiting") == 1);

        watch.close();
        queue.add(LoadQueueKit.file("b", 1));

        assertThat(gauge("waiting")).isEqualTo(1);
    }

    private double gauge(String state) {
        return meters.get("sluice.load.queue").tag("state", state).gauge().value();
    }

    private void failIfAway() {
        if (away) {
            throw new TransientFailure("the queue is away");
        }
    }
}
