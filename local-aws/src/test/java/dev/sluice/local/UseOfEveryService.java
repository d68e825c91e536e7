package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.redshift.ParquetFiles;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One thing in each service: a record, an item, an object, and rows that COPY took from that
/// object; written and read with the clients that services use.
record UseOfEveryService(
        KinesisClient kinesis, DynamoDbClient dynamoDb, S3Client s3, Connection redshift)
        implements AutoCloseable {
    static final String BUCKET = "kept";
    static final List<Purchase> ROWS = List.of(new Purchase("e-1", 12), new Purchase("e-2", 30));

    private static final String STREAM = "raw";
    private static final String TABLE = "leases";
    private static final String KEY = "load/part-0.parquet";
    private static final Map<String, AttributeValue> ITEM =
            Map.of("shard_id", AttributeValue.fromS("shard-1"));

    record Purchase(String eventId, int amount) {}

    static UseOfEveryService of(LocalEndpoints endpoints) throws SQLException {
        return new UseOfEveryService(
                LocalClients.kinesis(endpoints.kinesis()),
                LocalClients.dynamoDb(endpoints.dynamodb()),
                LocalClients.s3(endpoints.s3()),
                DriverManager.getConnection(
                        endpoints.jdbcUrl(), endpoints.jdbcUser(), endpoints.jdbcPassword()));
    }

    void writeAll() throws IOException, SQLException {
        putRecord();
        putItem();
        byte[] parquet = ParquetFiles.of(Purchase.class, ROWS);
        s3.putObject(r -> r.bucket(BUCKET).key(KEY), RequestBody.fromBytes(parquet));
        execute("CREATE TABLE purchases (event_id VARCHAR(64), amount INT) SORTKEY (event_id)");
        copy();
    }

    private void putRecord() {
        kinesis.createStream(r -> r.streamName(STREAM).shardCount(1));
        Poll.until(
                () ->
                        kinesis.describeStreamSummary(r -> r.streamName(STREAM))
                                        .streamDescriptionSummary()
                                        .streamStatus()
                                == StreamStatus.ACTIVE,
                "stream " + STREAM + " is active");
        kinesis.putRecord(
                r ->
                        r.streamName(STREAM)
                                .partitionKey("device-1")
                                .data(SdkBytes.fromUtf8String("page_view")));
    }

    private void putItem() {
        var id =
                AttributeDefinition.builder()
                        .attributeName("shard_id")
                        .attributeType(ScalarAttributeType.S)
                        .build();
        var key =
                KeySchemaElement.builder().attributeName("shard_id").keyType(KeyType.HASH).build();
        dynamoDb.createTable(
                r ->
                        r.tableName(TABLE)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(id)
                                .keySchema(key));
        dynamoDb.putItem(r -> r.tableName(TABLE).item(ITEM));
    }

    void requireAll() throws IOException, SQLException {
        assertThat(records()).containsExactly("page_view");
        assertThat(dynamoDb.getItem(r -> r.tableName(TABLE).key(ITEM)).item()).isEqualTo(ITEM);
        assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(KEY)).asByteArray())
                .isEqualTo(ParquetFiles.of(Purchase.class, ROWS));
        assertThat(rows()).containsExactlyElementsOf(ROWS);
    }

    /// Loads the object once more.
    ///
    /// @return how many rows there are then
    int copyAgain() throws SQLException {
        copy();
        return rows().size();
    }

    private List<String> records() {
        String shard = kinesis.listShards(r -> r.streamName(STREAM)).shards().getFirst().shardId();
        String horizon =
                kinesis.getShardIterator(
                                r ->
                                        r.streamName(STREAM)
                                                .shardId(shard)
                                                .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        return kinesis.getRecords(r -> r.shardIterator(horizon)).records().stream()
                .map(r -> r.data().asUtf8String())
                .toList();
    }

    private List<Purchase> rows() throws SQLException {
        try (var statement = redshift.createStatement();
                var result =
                        statement.executeQuery(
                                "SELECT event_id, amount FROM purchases ORDER BY event_id")) {
            var rows = new ArrayList<Purchase>();
            while (result.next()) {
                rows.add(new Purchase(result.getString(1), result.getInt(2)));
            }
            return rows;
        }
    }

    private void copy() throws SQLException {
        execute(
                "COPY purchases FROM 's3://"
                        + BUCKET
                        + "/load/' IAM_ROLE DEFAULT FORMAT AS PARQUET");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = redshift.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (kinesis;
                dynamoDb;
                s3) {
            redshift.close();
        }
    }
}
