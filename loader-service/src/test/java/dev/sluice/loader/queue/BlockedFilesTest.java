package dev.sluice.loader.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.memory.EffectLog;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class BlockedFilesTest {

    private static final Duration AFTER = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private boolean away;
    private int calls;
    private final MemoryLoadQueue queue =
            new MemoryLoadQueue(() -> now, new EffectLog(), this::called);
    private final BlockedFiles blocked = new BlockedFiles(queue, AFTER, () -> now);

    @Test
    void aFileIsTriedAgainWhenItsTimeIsOver() {
        setAside("early");
        now = now.plus(Duration.ofMinutes(5));
        setAside("late");
        blocked.releaseDue();
        assertThat(queue.depth().blocked()).isEqualTo(2);

        now = now.plus(Duration.ofMinutes(6));
        blocked.releaseDue();

        assertThat(queue.oldest(10)).extracting(LoadFile::key).containsExactly("early");
        assertThat(queue.blocked(10)).extracting(b -> b.file().key()).containsExactly("late");
    }

    @Test
    void doesNotLookEveryTime() {
        blocked.releaseDue();
        int before = calls;

        for (int i = 0; i < 50; i++) {
            now = now.plus(Duration.ofSeconds(1));
            blocked.releaseDue();
        }

        assertThat(calls).isEqualTo(before);
    }

    @Test
    void looksAgainAfterAFailure() {
        setAside("file");
        now = now.plus(AFTER);
        away = true;
        assertThatThrownBy(blocked::releaseDue).isInstanceOf(TransientFailure.class);
        away = false;

        blocked.releaseDue();

        assertThat(queue.depth().waiting()).isEqualTo(1);
    }

    private void setAside(String key) {
        queue.add(LoadQueueKit.file(key, 1));
        queue.setAside(LoadQueueKit.file(key, 1), "why");
    }

    private void called() {
        calls++;
        if (away) {
            throw new TransientFailure("the queue is away");
        }
    }
}
