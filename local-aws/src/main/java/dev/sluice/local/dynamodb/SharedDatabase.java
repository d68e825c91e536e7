package dev.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.sqlite.SQLiteDBAccess;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// DynamoDB Local in its shared mode: one database whatever region and credentials a client uses.
///
/// It is opened at once, so that a folder that cannot be used fails the start and not the first
/// request. Statuses such as CREATING are not delayed: a table is ACTIVE when its creation is
/// answered.
///
/// @param requests carries out the API's requests on the database
/// @param jobs runs what DynamoDB Local does in the background (TTL, stream shards, index
///     back-fill)
record SharedDatabase(LocalDynamoDBRequestHandler requests, ExecutorService jobs)
        implements AutoCloseable {
    /// What DynamoDB Local calls the database that all clients share.
    private static final String NAME = "shared-local-instance";

    /// As many as DynamoDB Local's launcher gives it: some jobs keep theirs for ever.
    private static final int JOB_THREADS = 10;

    /// @param folder keeps it; none keeps it in memory
    /// @throws IllegalStateException when the folder's database cannot be opened
    static SharedDatabase open(@Nullable Path folder) {
        var requests =
                new LocalDynamoDBRequestHandler(
                        0, folder == null, folder == null ? null : folder.toString(), true, false);
        var database =
                folder == null ? new SQLiteDBAccess() : openFile(folder.resolve(NAME + ".db"));
        var jobs =
                Executors.newFixedThreadPool(
                        JOB_THREADS,
                        Thread.ofPlatform().daemon().name("dynamodb-job-", 0).factory());
        databases(requests).put(NAME, new LocalDBClient(database, new JobsRegister(jobs, false)));
        return new SharedDatabase(requests, jobs);
    }

    @Override
    public void close() {
        jobs.shutdownNow();
        requests.shutdown();
    }

    private static WriteAheadDatabase openFile(Path file) {
        try {
            return new WriteAheadDatabase(file);
        } catch (RuntimeException e) {
            throw new IllegalStateException("database " + file + " cannot be opened", e);
        }
    }

    /// The handler opens databases itself, with settings nobody can change; this map is where it
    /// looks first.
    @SuppressWarnings("unchecked")
    private static Map<String, AmazonDynamoDBLocal> databases(
            LocalDynamoDBRequestHandler requests) {
        try {
            var field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            return (Map<String, AmazonDynamoDBLocal>) field.get(requests);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this release of DynamoDB Local keeps its databases elsewhere", e);
        }
    }
}
