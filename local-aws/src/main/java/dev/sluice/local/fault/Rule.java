package dev.sluice.local.fault;

/// How surely and how often a fault strikes what it meets.
public interface Rule {

    /// Of striking a match, above 0 to 1.
    double probability();

    /// Strikes after which the rule is spent, at least 1; [Long#MAX_VALUE] for no end.
    long times();

    /// For the constructors of rules.
    ///
    /// @throws IllegalArgumentException naming what is out of range
    static void check(double probability, long times) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be in (0, 1]: " + probability);
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be >= 1: " + times);
        }
    }
}
