package dev.sluice.runtime.objects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.runtime.failure.TransientFailure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.stream.IntStream;

/// What every [ConditionalObjects] does, whatever is behind it.
public abstract class ConditionalObjectsKit {

    private final String key = "kit-" + UUID.randomUUID() + "/list";

    protected abstract ConditionalObjects objects();

    /// The next replacement takes effect, but its first answer never arrives.
    protected abstract void loseNextAnswer();

    @Test
    void hasNothingToReadAtFirst() {
        assertThat(objects().readTagged(key)).isEmpty();
    }

    @Test
    void writesWhatIsNotThereOnce() {
        assertThat(replace(null, "one")).isTrue();
        assertThat(replace(null, "two")).isFalse();
        assertThat(text()).isEqualTo("one");
    }

    @Test
    void replacesOnlyWhatWasSeen() {
        replace(null, "one");
        String one = tag();
        assertThat(replace(one, "two")).isTrue();
        assertThat(replace(one, "three")).isFalse();
        assertThat(text()).isEqualTo("two");
        assertThat(replace(tag(), "three")).isTrue();
        assertThat(text()).isEqualTo("three");
    }

    @Test
    void doesNotReplaceWhatIsGone() {
        assertThat(replace("\"0123456789abcdef0123456789abcdef\"", "one")).isFalse();
        assertThat(objects().readTagged(key)).isEmpty();
    }

    @Test
    void letsOneOfManyWritersWin() {
        replace(null, "start");
        String seen = tag();
        long won =
                IntStream.range(0, 8)
                        .parallel()
                        .filter(writer -> replace(seen, "writer " + writer))
                        .count();
        assertThat(won).isOne();
        assertThat(text()).startsWith("writer");
    }

    @Test
    void hasWrittenItAlthoughTheAnswerIsLost() {
        replace(null, "one");
        String one = tag();
        loseNextAnswer();
        try {
            replace(one, "two");
        } catch (TransientFailure e) {
            assertThat(e).hasMessageContaining(key);
        }
        assertThat(text()).isEqualTo("two");
    }

    private boolean replace(@Nullable String seen, String content) {
        return objects().replace(key, seen, content.getBytes(UTF_8));
    }

    private String text() {
        return new String(objects().readTagged(key).orElseThrow().content(), UTF_8);
    }

    private String tag() {
        return objects().readTagged(key).orElseThrow().tag();
    }
}
