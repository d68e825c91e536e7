package dev.sluice.traffic;

/// How much of the traffic is not as it should be. Shares of all events, 0 to 1; `skewed` is a
/// share of the devices. An event has at most one of the first four troubles, so their sum is at
/// most 1.
///
/// @param wrongType a property has a value of the wrong type
/// @param missing a required property is left out
/// @param unknownType no contract has the event type; quarantined if the tenant does not accept
///     unknown types
/// @param late happened two hours to three days before it is sent, with a true sent time
/// @param repeated sent once more, in the same batch or in a later one of the device
/// @param skewed the clock is two minutes to 26 hours off
public record TroubleMix(
        double wrongType,
        double missing,
        double unknownType,
        double late,
        double repeated,
        double skewed) {

    /// Nothing but good events, once.
    public static final TroubleMix NONE = new TroubleMix(0, 0, 0, 0, 0, 0);

    /// A few per cent, as a shop sees it.
    public static final TroubleMix USUAL = new TroubleMix(0.006, 0.004, 0.002, 0.02, 0.02, 0.03);

    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException naming the share that is out of range
    public TroubleMix {
        requireShare("wrongType", wrongType);
        requireShare("missing", missing);
        requireShare("unknownType", unknownType);
        requireShare("late", late);
        requireShare("repeated", repeated);
        requireShare("skewed", skewed);
        requireShare(
                "wrongType + missing + unknownType + late",
                wrongType + missing + unknownType + late);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, not " + share);
        }
    }
}
