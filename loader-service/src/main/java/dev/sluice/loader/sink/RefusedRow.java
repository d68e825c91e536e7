package dev.sluice.loader.sink;

/// A row that a sink will never take.
///
/// @param why without anything of the row; the sink's own words may quote it
public record RefusedRow(SinkRow row, String why) {}
