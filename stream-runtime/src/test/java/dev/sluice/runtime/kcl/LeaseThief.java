package dev.sluice.runtime.kcl;

import software.amazon.awssdk.core.util.DefaultSdkAutoConstructList;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseRefresher;
import software.amazon.kinesis.leases.dynamodb.DynamoDBLeaseSerializer;
import software.amazon.kinesis.leases.dynamodb.TableCreatorCallback;
import software.amazon.kinesis.leases.exceptions.LeasingException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Takes every lease of an application, and never renews one.
final class LeaseThief {

    private final LeaseRefresher table;

    LeaseThief(LocalCloud cloud, String application) {
        table =
                new DynamoDBLeaseRefresher(
                        application,
                        cloud.clients(new AtomicBoolean()).dynamo(),
                        new DynamoDBLeaseSerializer(),
                        true,
                        TableCreatorCallback.NOOP_TABLE_CREATOR_CALLBACK,
                        Duration.ofSeconds(10),
                        BillingMode.PAY_PER_REQUEST,
                        false,
                        false,
                        DefaultSdkAutoConstructList.getInstance());
    }

    List<Lease> leases() throws LeasingException {
        return table.listLeases();
    }

    /// A renewal in between makes a take fail: it is tried until it works.
    void steal() throws LeasingException {
        for (Lease lease : leases()) {
            Lease newest = lease;
            while (!table.takeLease(newest, "thief")) {
                newest = table.getLease(lease.leaseKey());
            }
        }
    }
}
