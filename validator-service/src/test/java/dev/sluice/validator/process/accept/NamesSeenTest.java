package dev.sluice.validator.process.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.json.JsonCursor;
import dev.sluice.contracts.json.JsonKind;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class NamesSeenTest {

    @Test
    void seesANameThatComesTwiceInOneObjectOnly() {
        List<String> names = IntStream.range(0, 1_000).mapToObj(i -> "name" + i).toList();
        List<String> thrice = new ArrayList<>(names);
        thrice.addAll(names);
        thrice.addAll(names);
        JsonCursor cursor = object(thrice);
        NamesSeen seen = new NamesSeen(cursor);
        int one = seen.newObject();
        int other = seen.newObject();

        for (int object : new int[] {one, other}) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(nextIsFirst(cursor, seen, object)).isTrue();
            }
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(nextIsFirst(cursor, seen, one)).isFalse();
        }
    }

    /// Names that all have the hash of one another would cost a probe for each pair.
    @Test
    void givesUpOnNamesThatWereMadeToCollide() {
        List<String> colliding = colliding(12);
        JsonCursor cursor = object(colliding);
        NamesSeen seen = new NamesSeen(cursor);
        int object = seen.newObject();

        int first = 0;
        for (int i = 0; i < colliding.size(); i++) {
            first += nextIsFirst(cursor, seen, object) ? 1 : 0;
        }

        assertThat(colliding)
                .hasSize(4096)
                .allMatch(name -> name.hashCode() == colliding.getFirst().hashCode());
        assertThat(first).isBetween(32, 128);
    }

    private static boolean nextIsFirst(JsonCursor cursor, NamesSeen seen, int object) {
        assertThat(cursor.field(cursor.position() == 1)).isEqualTo(JsonCursor.Next.ONE);
        assertThat(cursor.value()).isEqualTo(JsonKind.NULL);
        return seen.isFirst(object);
    }

    /// After the bracket.
    private static JsonCursor object(List<String> names) {
        byte[] json =
                names.stream()
                        .map(name -> '"' + name + "\":null")
                        .collect(Collectors.joining(",", "{", "}"))
                        .getBytes(StandardCharsets.UTF_8);
        JsonCursor cursor = new JsonCursor(json, 0, json.length);
        assertThat(cursor.value()).isEqualTo(JsonKind.OBJECT);
        return cursor;
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
