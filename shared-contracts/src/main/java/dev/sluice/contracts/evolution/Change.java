package dev.sluice.contracts.evolution;

/// One difference between two versions of a contract.
///
/// @param pointer of the field in the body of the event, such as `/properties/price`; `*` is any
///     item of a list or any field without a name
/// @param what of it is different, such as `minimum is 1, before 0`
public record Change(ChangeLevel level, String pointer, String what) {

    /// Such as `/properties/price minimum is 1, before 0`.
    @Override
    public String toString() {
        return pointer.isEmpty() ? what : pointer + ' ' + what;
    }
}
