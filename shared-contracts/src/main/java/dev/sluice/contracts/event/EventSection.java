package dev.sluice.contracts.event;

/// The parts of an event inside a frame, in the order in which they stand there. The first four are
/// one JSON object each: a service appends its own and leaves the others byte for byte. The origin
/// alone is replaced at each hop.
public enum EventSection {
    /// Written by the collector: who sent it, when it was received ({@link Receipt}).
    RECEIPT(1),
    /// The client's own bytes.
    BODY(2),
    /// Written by the validator: the envelope it checked ({@link CheckedFacts}).
    CHECKED(3),
    /// Written by the enricher: what was learned about device, person and time.
    ENRICHMENT(4),
    /// Written by every stage that sends on what it read from a stream: where it read it ({@link
    /// OriginCodec}). Not on the raw stream.
    ORIGIN(5);

    private static final EventSection[] BY_ID = {null, RECEIPT, BODY, CHECKED, ENRICHMENT, ORIGIN};

    private final int id;

    EventSection(int id) {
        this.id = id;
    }

    /// The number that stands for this section on the wire, 1 to 255; never reused.
    public int id() {
        return id;
    }

    /// The section with that number.
    ///
    /// @throws IllegalArgumentException if no section has it
    public static EventSection byId(int id) {
        if (id < 1 || id >= BY_ID.length) {
            throw new IllegalArgumentException("unknown event section " + id);
        }
        return BY_ID[id];
    }
}
