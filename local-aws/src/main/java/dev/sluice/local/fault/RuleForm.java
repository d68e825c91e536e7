package dev.sluice.local.fault;

import tools.jackson.databind.node.ObjectNode;

/// One emulator's rules as JSON objects. Probability and times are not its business: every rule has
/// them.
public interface RuleForm<R extends Rule> {

    /// @throws IllegalArgumentException naming the member that is wrong and what is allowed
    R read(RuleNode node, double probability, long times);

    void write(R rule, ObjectNode node);
}
