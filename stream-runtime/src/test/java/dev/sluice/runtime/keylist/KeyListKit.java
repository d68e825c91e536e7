package dev.sluice.runtime.keylist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What every list of keys does.
abstract class KeyListKit {

    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");

    private KeyList list;

    abstract KeyList list();

    @BeforeEach
    void open() {
        list = list();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(entries()).isEmpty();
        assertThat(list.version()).isEqualTo(list.version());
    }

    @Test
    void givesBackEveryKeyOfEveryOwner() {
        list.raise(entry("shop", 1, -2, 10));
        list.raise(entry("shop", -1, 2, Long.MAX_VALUE));
        list.raise(entry("bank", 1, -2, 5));
        list.raise(entry("", 0, 0, 0));

        assertThat(entries())
                .containsExactlyInAnyOrder(
                        "shop 1 -2 10", "shop -1 2 " + Long.MAX_VALUE, "bank 1 -2 5", " 0 0 0");
    }

    @Test
    void raisesABoundAndNeverLowersIt() {
        list.raise(entry("shop", 1, 2, 10));
        list.raise(entry("shop", 1, 2, 9));
        assertThat(entries()).containsExactly("shop 1 2 10");

        list.raise(entry("shop", 1, 2, 11));
        assertThat(entries()).containsExactly("shop 1 2 11");
    }

    @Test
    void hasAnotherVersionAfterEachChangeAndOnlyThen() {
        String empty = list.version();
        list.raise(entry("shop", 1, 2, 10));
        String one = list.version();
        list.raise(entry("shop", 1, 2, 10));
        String same = list.version();
        list.raise(entry("shop", 1, 2, 11));

        assertThat(one).isNotEqualTo(empty).isEqualTo(same);
        assertThat(list.version()).isNotIn(empty, one);
    }

    @Test
    void readsMoreThanAPage() {
        for (int i = 0; i < 300; i++) {
            list.raise(new KeyEntry("o".repeat(1_000) + i, i, i, i, NOW, "r".repeat(4_000)));
        }

        assertThat(entries()).hasSize(300).doesNotHaveDuplicates();
    }

    private List<String> entries() {
        List<String> found = new ArrayList<>();
        list.read(
                (owner, high, low, bound) ->
                        found.add(owner + " " + high + " " + low + " " + bound));
        return found;
    }

    static KeyEntry entry(String owner, long high, long low, long bound) {
        return new KeyEntry(owner, high, low, bound, NOW, "request-1");
    }
}
