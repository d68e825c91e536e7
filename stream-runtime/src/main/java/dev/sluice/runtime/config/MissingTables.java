package dev.sluice.runtime.config;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

import java.util.Set;

/// Creates tables of DynamoDB where nobody deploys them.
public final class MissingTables {

    private static final Set<TimeToLiveStatus> ON =
            Set.of(TimeToLiveStatus.ENABLED, TimeToLiveStatus.ENABLING);

    private final DynamoDbClient dynamo;
    private final boolean wanted;

    /// @param wanted if not, tables are left as they are
    public MissingTables(DynamoDbClient dynamo, boolean wanted) {
        this.dynamo = dynamo;
        this.wanted = wanted;
    }

    /// Returns when the table can be used.
    ///
    /// @return its name
    public String ensure(CreateTableRequest table) {
        if (wanted) {
            try {
                dynamo.createTable(table);
            } catch (ResourceInUseException e) {
                // It is there, or another task creates it now.
            }
            dynamo.waiter().waitUntilTableExists(wait -> wait.tableName(table.tableName()));
        }
        return table.tableName();
    }

    /// The same for a table whose items go by themselves.
    ///
    /// @param expiry the attribute with the time at which an item may go, in seconds since 1970
    public String ensure(CreateTableRequest table, String expiry) {
        String name = ensure(table);
        if (wanted && !expires(name)) {
            try {
                dynamo.updateTimeToLive(
                        update ->
                                update.tableName(name)
                                        .timeToLiveSpecification(
                                                spec -> spec.attributeName(expiry).enabled(true)));
            } catch (DynamoDbException e) {
                if (!expires(name)) { // if it does, another task was faster
                    throw e;
                }
            }
        }
        return name;
    }

    private boolean expires(String table) {
        return ON.contains(
                dynamo.describeTimeToLive(describe -> describe.tableName(table))
                        .timeToLiveDescription()
                        .timeToLiveStatus());
    }
}
