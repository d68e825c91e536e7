package dev.sluice.loader.config;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/// Creates tables of DynamoDB where nobody deploys them.
final class MissingTables {

    private final DynamoDbClient dynamo;
    private final boolean wanted;

    /// @param wanted if not, tables are left as they are
    MissingTables(DynamoDbClient dynamo, boolean wanted) {
        this.dynamo = dynamo;
        this.wanted = wanted;
    }

    /// Returns when the table can be used.
    ///
    /// @return its name
    String ensure(CreateTableRequest table) {
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
}
