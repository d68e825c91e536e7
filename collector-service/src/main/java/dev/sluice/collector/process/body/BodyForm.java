package dev.sluice.collector.process.body;

/// What the sender says of the body's form, which decides only how far a syntax error reaches.
public enum BodyForm {
    /// One event a line: a syntax error spoils its line.
    LINES,
    /// Nothing was said, or something that cannot be relied on: the content decides.
    UNSAID
}
