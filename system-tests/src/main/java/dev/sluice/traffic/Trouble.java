package dev.sluice.traffic;

/// What is wrong with one event, if anything.
enum Trouble {
    NONE,
    WRONG_TYPE,
    MISSING,
    UNKNOWN_TYPE,
    LATE;

    static Trouble roll(TroubleMix mix, Dice dice) {
        double at = dice.share() - mix.wrongType();
        if (at < 0) {
            return WRONG_TYPE;
        }
        at -= mix.missing();
        if (at < 0) {
            return MISSING;
        }
        at -= mix.unknownType();
        if (at < 0) {
            return UNKNOWN_TYPE;
        }
        return at < mix.late() ? LATE : NONE;
    }
}
