package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class NamesSeenTest {

    @Test
    void seesANameThatComesTwiceInOneObjectOnly() {
        NamesSeen names = new NamesSeen();
        int one = names.newObject();
        int other = names.newObject();
        for (int i = 0; i < 1_000; i++) {
            assertThat(names.isFirst(one, "name" + i)).isTrue();
            assertThat(names.isFirst(other, "name" + i)).isTrue();
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(names.isFirst(one, "name" + i)).isFalse();
        }
        assertThat(names.isFirst(names.newObject(), "name0")).isTrue();
    }

    /// Names that all have the hash of one another would cost a probe for each pair.
    @Test
    void givesUpOnNamesThatWereMadeToCollide() {
        NamesSeen names = new NamesSeen();
        int object = names.newObject();
        List<String> colliding = colliding(12);

        long first = colliding.stream().filter(name -> names.isFirst(object, name)).count();

        assertThat(colliding)
                .hasSize(4096)
                .allMatch(name -> name.hashCode() == colliding.getFirst().hashCode());
        assertThat(first).isBetween(32L, 128L);
    }

    /// "Aa" and "BB" have the same hash, and so has every row of so many of them.
    private static List<String> colliding(int length) {
        List<String> names = List.of("");
        for (int i = 0; i < length; i++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        return names;
    }
}
