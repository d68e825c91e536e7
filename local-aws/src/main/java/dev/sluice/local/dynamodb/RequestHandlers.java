package dev.sluice.local.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;

/// Request handlers of DynamoDB Local in its shared mode: one database whatever region and
// credentials a client uses.
///
/// Statuses such as CREATING are not delayed: a table is ACTIVE when its creation is answered.
final class RequestHandlers {
    /// What DynamoDB Local calls the database that all clients share.
    private static final String SHARED_DATABASE = "shared-local-instance";

    private static final int JOB_THREADS = 2;

    private RequestHandlers() {}

    static LocalDynamoDBRequestHandler inMemory() {
        return new LocalDynamoDBRequestHandler(0, true, null, true, false);
    }

    /// Opens the database at once, so that a folder that cannot be used fails the start and not the
    // first request.
    static LocalDynamoDBRequestHandler in(Path folder) {
        var handler = new LocalDynamoDBRequestHandler(0, false, folder.toString(), true, false);
        var database = open(folder.resolve(SHARED_DATABASE + ".db"));
        var jobs = new JobsRegister(Executors.newFixedThreadPool(JOB_THREADS), false);
        databases(handler).put(SHARED_DATABASE, new LocalDBClient(database, jobs));
        return handler;
    }

    private static WriteAheadDatabase open(Path file) {
        try {
            return new WriteAheadDatabase(file);
        } catch (RuntimeException e) {
            throw new IllegalStateException("database " + file + " cannot be opened", e);
        }
    }

    /// The handler opens databases itself, with settings nobody can change; this map is where it
    // looks first.
    @SuppressWarnings("unchecked")
    private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler handler) {
        try {
            var field = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
            field.setAccessible(true);
            return (Map<String, AmazonDynamoDBLocal>) field.get(handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this release of DynamoDB Local keeps its databases elsewhere", e);
        }
    }
}
