package dev.sluice.fleet;

/// How many tasks of each service run.
public record FleetShape(int collectors, int validators, int enrichers, int loaders) {

    /// Two of each: every one has somebody who takes over.
    public static final FleetShape PAIRS = new FleetShape(2, 2, 2, 2);

    /// One of each: enough to watch one.
    public static final FleetShape SINGLES = new FleetShape(1, 1, 1, 1);

    public FleetShape {
        if (Math.min(Math.min(collectors, validators), Math.min(enrichers, loaders)) < 1) {
            throw new IllegalArgumentException("every service needs a task");
        }
    }
}
