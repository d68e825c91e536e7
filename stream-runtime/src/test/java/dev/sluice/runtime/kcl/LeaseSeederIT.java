package dev.sluice.runtime.kcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.StreamName;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class LeaseSeederIT {

    private static final String FIRST = "shardId-000000000000";
    private static final String SECOND = "shardId-000000000001";

    @TempDir private static Path folder;
    private static LocalCloud cloud;

    private final String application = "seeded-" + UUID.randomUUID();

    @BeforeAll
    static void startCloud() {
        cloud = new LocalCloud(folder);
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    @Test
    void makesOneLeaseForEachShardHoweverManyWorkersTry() throws Exception {
        StreamName stream = cloud.createStream(3);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            LeaseSeeder seeder = seeder(stream);
            tasks.add(
                    () -> {
                        seeder.seed();
                        seeder.seed();
                        return null;
                    });
        }
        try (ExecutorService workers = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<Void> done : workers.invokeAll(tasks)) {
                done.get();
            }
        }

        assertThat(leases())
                .hasSize(3)
                .allMatch(lease -> lease.checkpoint().equals(ExtendedSequenceNumber.TRIM_HORIZON))
                .allMatch(lease -> lease.leaseOwner() == null);
    }

    @Test
    void leavesChildrenToTheEndOfTheirParents() throws Exception {
        StreamName stream = cloud.createStream(2);
        cloud.split(stream, new ShardId(FIRST));
        seeder(stream).seed();

        assertThat(leases()).extracting(Lease::leaseKey).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void leavesChildrenOutAlsoWhenOnlySomeLeasesAreThere() throws Exception {
        StreamName stream = cloud.createStream(2);
        seeder(stream).seed();
        cloud.split(stream, new ShardId(FIRST));
        seeder(stream).seed();

        assertThat(leases()).extracting(Lease::leaseKey).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void namesAStreamThatDoesNotExistAndMakesNoTable() {
        LeaseSeeder seeder = seeder(new StreamName("missing"));

        assertThatExceptionOfType(SetupFailure.class)
                .isThrownBy(seeder::seed)
                .withMessageContaining("missing");
    }

    @Test
    void releasesItsOwnLeasesOnly() throws Exception {
        StreamName stream = cloud.createStream(2);
        seeder(stream).seed();
        LeaseThief thief = new LeaseThief(cloud, application);
        thief.steal();
        seeder(stream).release();
        assertThat(leases()).allMatch(lease -> "thief".equals(lease.leaseOwner()));

        new LeaseSeeder(config(stream, "thief"), cloud.clients(new AtomicBoolean())).release();
        assertThat(leases()).allMatch(lease -> lease.leaseOwner() == null);
    }

    private LeaseSeeder seeder(StreamName stream) {
        return new LeaseSeeder(config(stream, "worker"), cloud.clients(new AtomicBoolean()));
    }

    private KclConsumerConfig config(StreamName stream, String worker) {
        return new KclConsumerConfig(application, stream, worker, KclTuning.LOCAL);
    }

    private List<Lease> leases() throws Exception {
        return new LeaseThief(cloud, application).leases();
    }
}
