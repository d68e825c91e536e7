package dev.sluice.runtime.books;

import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// The table of the books: items by page, and an index by the minute in which they were stored.
final class BooksTable {

    static final String INDEX = "by-slot";

    private BooksTable() {}

    static CreateTableRequest named(String name) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(text(BookItem.KEY), text(BookItem.SLOT))
                .keySchema(hash(BookItem.KEY))
                .globalSecondaryIndexes(
                        GlobalSecondaryIndex.builder()
                                .indexName(INDEX)
                                .keySchema(hash(BookItem.SLOT))
                                .projection(all -> all.projectionType(ProjectionType.ALL))
                                .build())
                .build();
    }

    private static AttributeDefinition text(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement hash(String attribute) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(KeyType.HASH).build();
    }
}
