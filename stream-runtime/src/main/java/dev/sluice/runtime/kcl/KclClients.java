package dev.sluice.runtime.kcl;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/// The clients a consumer calls. They stay the caller's: a consumer never closes them.
///
/// @param kinesis the stream is in its region and account
/// @param dynamo the lease table is in its region and account
/// @param cloudWatch only for the library's own metrics; null when they are off
public record KclClients(
        KinesisAsyncClient kinesis,
        DynamoDbAsyncClient dynamo,
        @Nullable CloudWatchAsyncClient cloudWatch) {

    public KclClients(KinesisAsyncClient kinesis, DynamoDbAsyncClient dynamo) {
        this(kinesis, dynamo, null);
    }
}
