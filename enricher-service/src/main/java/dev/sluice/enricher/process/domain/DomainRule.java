package dev.sluice.enricher.process.domain;

import java.util.List;

/// One way to make a domain event.
///
/// @param name type of the events that it makes, such as `purchase_completed`; unique
/// @param conditions all must be met
/// @param fields in the order in which a detail has them
record DomainRule(String name, List<Condition> conditions, List<CopiedField> fields) {

    /// A field of the detail.
    ///
    /// @param whole whether all that is below it is copied, or only what the contract declares and
    ///     does not call personal
    record CopiedField(FieldPath path, boolean whole) {}

    DomainRule {
        conditions = List.copyOf(conditions);
        fields = List.copyOf(fields);
    }
}
