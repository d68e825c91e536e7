package dev.sluice.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;

/// Lets a process die after its first effect, in another world after its second, and so on until it
/// gets through; starts it anew each time, and compares what it ends up with to the outcome of a
/// run that nothing disturbed.
public final class CrashAfterEachEffect {

    /// Streams, stores and leases with all the input there is, and a process that works on it.
    public interface World {

        /// Shared by all the twins.
        EffectLog log();

        /// Starts the process, with an empty memory, and lets it work until there is nothing to do.
        void run();

        /// The process is gone: forgets what was in its memory, as {@link MemoryConsumer#crash()}
        /// does. Makes no effect.
        void crash();

        /// What must not depend on crashes, in a form that `equals` compares by value. Read from
        /// the streams and stores, not from the process.
        Object outcome();
    }

    private CrashAfterEachEffect() {}

    /// One crash a world.
    ///
    /// @param worlds makes the same world each time
    /// @return the number of crashes, which is that of the effects of an undisturbed run
    public static int once(Supplier<? extends World> worlds) {
        Object expected = undisturbed(worlds.get());
        int n = 1;
        for (; ; n++) {
            World world = worlds.get();
            if (!dies(world, n)) {
                break;
            }
            world.run();
            compare(world, expected, "died after effect " + n);
        }
        return n - 1;
    }

    /// Two crashes a world: after each effect, and then after each effect of the recovery.
    ///
    /// @return the number of worlds that saw two crashes
    public static int twice(Supplier<? extends World> worlds) {
        Object expected = undisturbed(worlds.get());
        int crashed = 0;
        for (int first = 1; ; first++) {
            for (int second = 1; ; second++) {
                World world = worlds.get();
                if (!dies(world, first)) {
                    return crashed;
                }
                if (!dies(world, second)) {
                    break;
                }
                crashed++;
                world.run();
                compare(world, expected, "died after effect " + first + ", then " + second);
            }
        }
    }

    private static Object undisturbed(World world) {
        int before = world.log().effects().size();
        world.run();
        assertThat(world.log().effects().size()).as("effects to crash at").isGreaterThan(before);
        Object outcome = world.outcome();
        compare(world, outcome, "read twice");
        return outcome;
    }

    /// @return false if the process got through
    private static boolean dies(World world, int after) {
        world.log().dieAfter(after);
        try {
            world.run();
        } catch (SimulatedCrash crash) {
            world.crash();
            world.log().revive();
            return true;
        }
        assertThat(world.log().dead()).as("a crash that somebody caught").isFalse();
        world.log().revive();
        return false;
    }

    private static void compare(World world, Object expected, String how) {
        assertThat(world.outcome())
                .as(() -> how + ":\n" + String.join("\n", world.log().lines()))
                .isEqualTo(expected);
    }
}
