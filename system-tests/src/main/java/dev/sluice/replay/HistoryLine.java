package dev.sluice.replay;

/// An event of a file of history.
///
/// @param number of its line, from 1
/// @param origin what stood in the file, which makes its id if it has none
/// @param event as JSON
public record HistoryLine(long number, byte[] origin, byte[] event) {

    /// A line that is no event.
    public record Bad(long number, String why) {}
}
