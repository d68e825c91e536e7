package dev.sluice.traffic;

import java.util.List;
import java.util.SplittableRandom;

/// Everything that is left to chance, decided by one seed.
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private Dice(SplittableRandom random) {
        this.random = random;
    }

    /// Dice of their own: what is rolled with these does not change what is rolled with those.
    Dice split() {
        return new Dice(random.split());
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// Both ends included.
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /// Both ends included.
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /// 0 included, 1 not.
    double share() {
        return random.nextDouble();
    }

    long bits() {
        return random.nextLong();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /// Picks the early ones more often, as sales do: the density falls with the square.
    <T> T pickPopular(List<T> from) {
        double skewed = random.nextDouble() * random.nextDouble();
        return from.get((int) (skewed * from.size()));
    }
}
