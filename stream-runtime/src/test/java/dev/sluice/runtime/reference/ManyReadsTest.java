package dev.sluice.runtime.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class ManyReadsTest {

    private static final List<String> OBJECTS =
            IntStream.range(0, 160).mapToObj(i -> "object-" + i).toList();

    @Test
    void readsEveryObjectSixteenAtOnce() {
        CyclicBarrier sixteen = new CyclicBarrier(16);

        Map<String, byte[]> contents =
                ManyReads.of(
                        OBJECTS,
                        object -> {
                            meet(sixteen);
                            return object.getBytes(StandardCharsets.UTF_8);
                        });

        assertThat(contents).containsOnlyKeys(OBJECTS);
        assertThat(contents.get("object-7")).asString().isEqualTo("object-7");
    }

    @Test
    void readsNothingMoreAfterAFailure() {
        AtomicInteger reads = new AtomicInteger();

        assertThatThrownBy(
                        () ->
                                ManyReads.of(
                                        OBJECTS,
                                        object -> {
                                            reads.incrementAndGet();
                                            throw new TransientFailure(object + " is away");
                                        }))
                .isInstanceOf(TransientFailure.class)
                .hasMessageEndingWith("is away");
        assertThat(reads.get()).isLessThanOrEqualTo(16);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("they are not read at once", e);
        }
    }
}
