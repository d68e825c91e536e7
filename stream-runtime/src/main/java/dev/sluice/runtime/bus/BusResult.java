package dev.sluice.runtime.bus;

/// What became of one event of a put.
public sealed interface BusResult {

    /// The bus has it.
    record Taken() implements BusResult {}

    /// Not now: to be put again.
    ///
    /// @param code the service's name for the reason
    record Failed(String code) implements BusResult {}

    /// Never: it is wrong in itself, and would be refused again.
    ///
    /// @param code the service's name for the reason
    record Refused(String code) implements BusResult {}
}
