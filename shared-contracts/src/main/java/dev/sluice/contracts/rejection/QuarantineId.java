package dev.sluice.contracts.rejection;

/// Names a quarantined event, or frame, by the place on the stream where it was read. Reading the
/// same record again gives the same name.
///
/// @param sequence of the stream record, in decimal
/// @param index of the event in its frame, from 0; [#WHOLE_FRAME] when no event could be read
public record QuarantineId(String stream, String shard, String sequence, int index) {

    /// The index that stands for a frame as a whole.
    public static final int WHOLE_FRAME = -1;

    private static final String FRAME = "frame";

    /// @throws IllegalArgumentException if a part is empty or holds a slash, or the index is below
    ///     [#WHOLE_FRAME]
    public QuarantineId {
        requirePart("stream", stream);
        requirePart("shard", shard);
        requirePart("sequence", sequence);
        if (index < WHOLE_FRAME) {
            throw new IllegalArgumentException("an event's index counts from 0, not " + index);
        }
    }

    /// Reads `stream/shard/sequence/index`.
    ///
    /// @throws IllegalArgumentException if the text is no such name
    public static QuarantineId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not stream/shard/sequence/index: " + text);
        }
        int index = parts[3].equals(FRAME) ? WHOLE_FRAME : Integer.parseInt(parts[3]);
        return new QuarantineId(parts[0], parts[1], parts[2], index);
    }

    /// `stream/shard/sequence/index`, where the index is `frame` for a frame as a whole.
    @Override
    public String toString() {
        return stream + '/' + shard + '/' + sequence + '/' + (index < 0 ? FRAME : index);
    }

    private static void requirePart(String name, String value) {
        if (value.isEmpty() || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException("a quarantine id needs a " + name + " without /");
        }
    }
}
