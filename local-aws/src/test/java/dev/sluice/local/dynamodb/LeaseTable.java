package dev.sluice.local.dynamodb;

import dev.sluice.local.LocalClients;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Who owns a shard in an epoch: a table as the project's own are, conditional writes and all.
record LeaseTable(DynamoDbClient client, String name) {
    static LeaseTable create(DynamoDbClient client) {
        String name = "leases-" + UUID.randomUUID();
        client.createTable(
                r ->
                        r.tableName(name)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        attribute("shard_id", ScalarAttributeType.S),
                                        attribute("epoch", ScalarAttributeType.N))
                                .keySchema(
                                        key("shard_id", KeyType.HASH),
                                        key("epoch", KeyType.RANGE)));
        return new LeaseTable(client, name);
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    static boolean canReach(URI endpoint) {
        try (var client = LocalClients.dynamoDbWithoutRetries(endpoint)) {
            client.listTables();
            return true;
        } catch (SdkClientException e) {
            return false;
        }
    }

    void putNew(String shard, int epoch, String owner) {
        client.putItem(
                r ->
                        r.tableName(name)
                                .item(item(shard, epoch, owner))
                                .conditionExpression("attribute_not_exists(shard_id)"));
    }

    void putAllNew(Map<String, String> ownersByShard) {
        var puts =
                ownersByShard.entrySet().stream()
                        .map(
                                e ->
                                        TransactWriteItem.builder()
                                                .put(
                                                        p ->
                                                                p.tableName(name)
                                                                        .item(
                                                                                item(
                                                                                        e.getKey(),
                                                                                        1,
                                                                                        e
                                                                                                .getValue()))
                                                                        .conditionExpression(
                                                                                "attribute_not_exists(shard_id)"))
                                                .build())
                        .toList();
        client.transactWriteItems(r -> r.transactItems(puts));
    }

    Optional<String> owner(String shard, int epoch) {
        var answer =
                client.getItem(r -> r.tableName(name).key(key(shard, epoch)).consistentRead(true));
        return Optional.ofNullable(answer.item().get("owner")).map(AttributeValue::s);
    }

    private static Map<String, AttributeValue> item(String shard, int epoch, String owner) {
        return Map.of(
                "shard_id", AttributeValue.fromS(shard),
                "epoch", AttributeValue.fromN(Integer.toString(epoch)),
                "owner", AttributeValue.fromS(owner));
    }

    private static Map<String, AttributeValue> key(String shard, int epoch) {
        return Map.of(
                "shard_id",
                AttributeValue.fromS(shard),
                "epoch",
                AttributeValue.fromN(Integer.toString(epoch)));
    }
}
