package dev.sluice.local.dynamodb;

import dev.sluice.local.fault.FaultRules;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/// Makes calls to DynamoDB go wrong, and takes leases away. Rules apply from the next call on; all
/// that match strike together, and an error wins over the rest. Thread-safe.
public final class DynamoDbFaults {

    private final FaultRules<DynamoDbFaultRule> rules = new FaultRules<>(new DynamoDbFaultForm());
    private final Supplier<URI> endpoint;

    /// @param endpoint of the server, for what is stolen; known when it listens
    DynamoDbFaults(Supplier<URI> endpoint) {
        this.endpoint = endpoint;
    }

    public void add(DynamoDbFaultRule rule) {
        rules.add(rule);
    }

    /// Ends all faults.
    public void clear() {
        rules.clear();
    }

    public FaultRules<DynamoDbFaultRule> rules() {
        return rules;
    }

    /// Takes a lease of the Kinesis Client Library as another worker would; its owner learns it
    /// when it renews or checkpoints.
    ///
    /// @param table of the application's leases
    /// @param shard key of the lease, such as `shardId-000000000000`
    /// @throws IllegalArgumentException when there is no such lease
    public void stealLease(String table, String shard, String newOwner) {
        try (LeaseTheft theft = new LeaseTheft(endpoint.get())) {
            theft.steal(table, shard, newOwner);
        }
    }

    List<DynamoDbFaultRule> strike(String operation, Collection<String> tables) {
        return rules.strike(r -> r.meets(operation, tables)).toList();
    }
}
