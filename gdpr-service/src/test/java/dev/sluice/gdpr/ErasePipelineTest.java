package dev.sluice.gdpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.PseudonymKey;
import dev.sluice.contracts.pii.PseudonymSecret;
import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.contracts.rejection.QuarantineFile;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.gdpr.journal.ErasureJournal;
import dev.sluice.gdpr.person.Persons;
import dev.sluice.gdpr.quarantine.QuarantineStore;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.suppression.Suppressions;
import dev.sluice.runtime.failure.SetupFailure;
import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.identity.IdRef;
import dev.sluice.runtime.identity.Link;
import dev.sluice.runtime.identity.NewLink;
import dev.sluice.runtime.keylist.KeyEntry;
import dev.sluice.runtime.memory.CrashAfterEachEffect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryIdentityStore;
import dev.sluice.runtime.memory.MemoryKeyList;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.objects.ObjectSummary;
import dev.sluice.runtime.objects.PendingObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A person leaves the quarantine, wherever the erasure is interrupted.
class ErasePipelineTest {

    private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00Z");
    private static final TenantId SHOP = new TenantId("shop");
    private static final SubjectId ANN = new SubjectId(SubjectKind.USER_ID, "ann");
    private static final SubjectId BOB = new SubjectId(SubjectKind.USER_ID, "bob");
    private static final SubjectId PHONE = new SubjectId(SubjectKind.ANONYMOUS_ID, "phone");
    private static final SubjectId TILL = new SubjectId(SubjectKind.ANONYMOUS_ID, "till");
    private static final SubjectSecret SECRET =
            SubjectSecret.of("a secret of 32 bytes or more, or so");
    private static final Pseudonyms PSEUDONYMS =
            new Pseudonyms(
                    List.of(
                            new PseudonymKey("k2", PseudonymSecret.of("b".repeat(32))),
                            new PseudonymKey("k1", PseudonymSecret.of("a".repeat(32)))));
    private static final String BOTH = "quarantine/dt=2026-11-21/reason=malformed/a.ndjson.gz";
    private static final String HERS = "quarantine/dt=2026-11-21/reason=malformed/b.ndjson.gz";
    private static final String OTHERS = "quarantine/dt=2026-11-21/reason=malformed/c.ndjson.gz";
    private static final String LARGE = QuarantineRecord.ORIGINALS + "large";
    private static final String SETTLED = "settle";

    /// The stores, with records of two persons, and an erasure of one.
    private static final class World implements CrashAfterEachEffect.World {

        private final EffectLog log = new EffectLog();
        private final MemoryObjectStore objects =
                new MemoryObjectStore("lake", () -> RECEIVED, log);
        private final MemoryKeyList list = new MemoryKeyList(log);
        private final MemoryIdentityStore ids = new MemoryIdentityStore(log);
        private final MemoryQuarantineTable table = new MemoryQuarantineTable(log);
        private final MemoryRows rows = new MemoryRows(log);
        private final List<ErasureReceipt> receipts = new ArrayList<>();
        private Instant now = RECEIVED.plusSeconds(60);
        private long mostRecords = 100;

        World() {
            store(BOTH, record(1, "ann"), record(2, "bob"), record(3, "ann"));
            store(HERS, record(4, "ann"), record(5, "").withOriginalAt(LARGE));
            store(OTHERS, record(6, "bob"), foreign(7), later(8));
            write(LARGE, "{\"user_id\":\"ann\"}");
            write(mended(1), "{\"user_id\":\"ann\",\"x\":1}");
            write(mended(2), "{\"user_id\":\"bob\"}");
            write(mended(6), "{\"user_id\":\"ann\"}");
            row(1);
            row(4);
            row(9);
            rows.rows.add(new MemoryRows.Row("r1", SHOP, ANN, RECEIVED));
            rows.rows.add(new MemoryRows.Row("r2", SHOP, BOB, RECEIVED));
            log.clear();
        }

        ErasePipeline pipeline() {
            return new ErasePipeline(
                    new ErasureJournal(objects),
                    new Suppressions(list, SECRET),
                    listedAt -> log.note(SETTLED),
                    new Persons(ids, SECRET, 3, PSEUDONYMS),
                    List.of(new QuarantineStore(table, objects), rows),
                    mostRecords,
                    () -> now);
        }

        void store(String key, QuarantineRecord... records) {
            write(key, QuarantineFile.at(key, List.of(records)).content());
        }

        void write(String key, String text) {
            write(key, text.getBytes(StandardCharsets.UTF_8));
        }

        void write(String key, byte[] content) {
            try (PendingObject object = objects.begin(key)) {
                object.content().write(content);
                object.publish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Ann has a phone, and shares a till with Bob.
        void link() {
            link(PHONE, ANN, 1);
            link(TILL, BOB, 2);
            link(TILL, ANN, 3);
            log.clear();
        }

        private void link(SubjectId from, SubjectId to, int second) {
            IdRef user = ref(to);
            Link link = new Link(RECEIVED.plusSeconds(second), user.person(), "e" + second);
            ids.link(List.of(new NewLink(ref(from), user, link)), 100, Duration.ofSeconds(1));
        }

        static IdRef ref(SubjectId id) {
            String person = new SubjectKeys(SECRET).person(SHOP, id).toString();
            return new IdRef(person, SHOP.value(), id.kind().field(), id.value());
        }

        void row(int sequence) {
            QuarantineRecord record = record(sequence, "ann");
            table.rows.put(
                    record.quarantineId(),
                    new MemoryQuarantineTable.Row(
                            SHOP,
                            ANN,
                            new HeldRecord(record.quarantineId(), record.receivedTs(), 0)));
        }

        @Override
        public EffectLog log() {
            return log;
        }

        @Override
        public void run() {
            now = now.plusSeconds(60);
            receipts.add(pipeline().erase(request(false)));
        }

        @Override
        public void crash() {}

        @Override
        public Object outcome() {
            return List.of(
                    content(),
                    List.copyOf(table.rows.keySet()),
                    List.copyOf(table.suppressed),
                    List.copyOf(rows.rows),
                    list.all().stream().map(KeyEntry::owner).toList(),
                    ids.all());
        }

        Map<String, List<String>> content() {
            Map<String, List<String>> content = new TreeMap<>();
            for (ObjectSummary object : objects.list("").toList()) {
                byte[] bytes = objects.read(object.key()).orElseThrow();
                content.put(
                        object.key(),
                        object.key().endsWith(".gz")
                                ? QuarantineFile.read(bytes).stream()
                                        .map(QuarantineRecord::quarantineId)
                                        .toList()
                                : List.of(Arrays.toString(bytes)));
            }
            return content;
        }
    }

    private final World world = new World();

    @Test
    void suppressesThenErasesThenClosesTheJournal() {
        world.run();

        String journal = "s3://lake/erasures/" + world.receipts.getFirst().name() + ".json";
        assertThat(world.log.lines())
                .containsExactly(
                        "publish " + journal,
                        "raise a key of nobody",
                        "raise a key of shop",
                        SETTLED,
                        "publish " + journal,
                        "rows are gone: 5",
                        "publish s3://lake/" + BOTH,
                        "delete s3://lake/" + HERS,
                        "delete s3://lake/" + mended(1),
                        "delete s3://lake/" + mended(6),
                        "delete s3://lake/" + LARGE,
                        "rows that were made of events are gone",
                        "delete " + journal);
    }

    @Test
    void leavesEverythingOfOthersAndNothingOfHers() {
        world.run();

        assertThat(world.content())
                .containsOnlyKeys(BOTH, OTHERS, mended(2))
                .containsEntry(BOTH, List.of(id(2)))
                .containsEntry(OTHERS, List.of(id(6), id(7), id(8)));
        assertThat(world.table.rows).isEmpty();
        assertThat(world.table.suppressed).containsExactly(id(1), id(3), id(4), id(5), id(9));
        assertThat(world.rows.rows).extracting(MemoryRows.Row::key).containsExactly("r2");
        assertThat(world.receipts.getFirst().stores())
                .hasSize(2)
                .first()
                .satisfies(
                        store -> {
                            assertThat(store.store()).isEqualTo("quarantine");
                            assertThat(store.records()).isEqualTo(5);
                            assertThat(store.objects()).isEqualTo(2);
                            assertThat(store.files()).isEqualTo(3);
                            assertThat(store.bytes()).isGreaterThan(1_000);
                        });
    }

    @Test
    void endsUpTheSameWhereverItIsInterrupted() {
        assertThat(CrashAfterEachEffect.once(World::new)).isEqualTo(13);
        assertThat(CrashAfterEachEffect.twice(World::new)).isGreaterThan(40);
    }

    @Test
    void erasesTheOtherIdsOfThePersonAndForgetsThemLast() {
        world.link();
        world.store(OTHERS, record(6, "bob"), ofDevice(7, "phone"), ofDevice(8, "till"));
        world.log.clear();

        ErasurePlan plan = world.pipeline().preview(request(false));
        assertThat(plan.person().all()).containsExactly(ANN, PHONE);
        assertThat(plan.person().shared()).containsExactly(TILL);
        assertThat(plan.receipt().stores().getFirst().records()).isEqualTo(6);
        assertThat(world.log.lines()).isEmpty();

        world.run();

        assertThat(world.content()).containsEntry(OTHERS, List.of(id(6), id(8)));
        assertThat(world.list.all()).as("with the secret's entry").hasSize(3);
        assertThat(world.ids.all())
                .containsOnlyKeys(World.ref(TILL).person(), World.ref(BOB).person());
        List<String> effects = world.log.lines();
        assertThat(effects.subList(effects.size() - 4, effects.size()))
                .startsWith("unlink an id", "remove an id", "remove an id")
                .last()
                .asString()
                .startsWith("delete s3://lake/erasures/");
    }

    @Test
    void endsUpTheSameWithOtherIdsWhereverItIsInterrupted() {
        assertThat(CrashAfterEachEffect.once(ErasePipelineTest::linked)).isEqualTo(17);
        assertThat(CrashAfterEachEffect.twice(ErasePipelineTest::linked)).isGreaterThan(60);
    }

    @Test
    void erasesNobodyWhileTheStoreOfIdsIsAway() {
        world.ids.goAway();

        assertThatThrownBy(world::run).isInstanceOf(TransientFailure.class);
        assertThat(world.log.lines()).isEmpty();
    }

    @Test
    void aDeviceThatIsGivenStandsForItself() {
        world.link();
        ErasureRequest device = new ErasureRequest(SHOP, Set.of(PHONE), false, "T-1", false);

        assertThat(world.pipeline().preview(device).person().all()).containsExactly(PHONE);
        world.pipeline().erase(device);

        assertThat(world.ids.all())
                .containsKey(World.ref(ANN).person())
                .doesNotContainKey(World.ref(PHONE).person());
    }

    /// Where the enricher has been, a pseudonym stands for an id that is an e-mail address.
    @Test
    void erasesAndSuppressesThePseudonymsOfHerIdsUnderEveryKey() {
        SubjectId mail = new SubjectId(SubjectKind.USER_ID, "Ann@mail.example");
        for (String pseudonym : PSEUDONYMS.all(SHOP, "ann@mail.example")) {
            SubjectId id = new SubjectId(SubjectKind.USER_ID, pseudonym);
            world.rows.rows.add(new MemoryRows.Row(pseudonym, SHOP, id, RECEIVED));
        }
        world.log.clear();
        ErasureRequest request = new ErasureRequest(SHOP, Set.of(mail), false, "T-1", false);
        assertThat(world.pipeline().preview(request).person().all()).containsExactly(mail);

        world.pipeline().erase(request);

        assertThat(world.rows.rows).extracting(MemoryRows.Row::key).containsExactly("r1", "r2");
        assertThat(world.list.all()).as("her id, two pseudonyms, the secret's entry").hasSize(4);
    }

    private static World linked() {
        World linked = new World();
        linked.link();
        return linked;
    }

    @Test
    void saysTheSameInTheEndHoweverOftenItWasInterrupted() {
        world.run();
        ErasureReceipt whole = world.receipts.getFirst();
        World other = new World();
        other.table.away = true;
        assertThatThrownBy(other::run).isInstanceOf(TransientFailure.class);
        other.table.away = false;
        other.objects.faults().throwOnNextPublish(new TransientFailure("lake is away"));
        assertThatThrownBy(other::run).hasMessage("lake is away");

        other.run();

        assertThat(other.receipts).containsExactly(whole);
    }

    @Test
    void suppressesWhatWasReceivedBeforeItWasAskedForFirst() {
        world.table.away = true;
        assertThatThrownBy(world::run).isInstanceOf(TransientFailure.class);
        Instant first = world.now;
        world.table.away = false;
        world.run();
        assertThat(world.list.all().getLast().bound()).isEqualTo(SuppressionList.micros(first));

        world.pipeline().erase(request(true));
        assertThat(world.list.all().getLast().bound()).isEqualTo(SuppressionList.FOR_EVER);
    }

    @Test
    void aPreviewTellsWhatWouldGoAndChangesNothing() {
        ErasureReceipt preview = world.pipeline().preview(request(false)).receipt();

        assertThat(preview.stores().getFirst().records()).isEqualTo(5);
        assertThat(world.log.lines()).isEmpty();
    }

    @Test
    void refusesWhatIsHardlyOnePersonBeforeItChangesAnything() {
        world.mostRecords = 4;

        assertThatThrownBy(world::run)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("6 records match, more than 4")
                .hasMessageNotContaining("ann");
        assertThat(world.log.lines()).isEmpty();

        ErasureRequest all = new ErasureRequest(SHOP, Set.of(ANN), false, "T-1", true);
        assertThat(world.pipeline().erase(all).stores().getFirst().records()).isEqualTo(5);
    }

    @Test
    void doesNotWriteAListOfAnotherSecret() {
        world.list.raise(new KeyEntry("", 1, 2, 0, RECEIVED, "another"));
        world.log.clear();

        assertThatThrownBy(world::run)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("another secret");
        assertThat(world.log.lines()).noneMatch(line -> line.startsWith("delete"));
    }

    @Test
    void stopsAtAnObjectThatCannotBeRead() {
        world.write(BOTH, "no gzip");
        world.log.clear();

        assertThatThrownBy(world::run)
                .isInstanceOf(SetupFailure.class)
                .hasMessageContaining("s3://lake/" + BOTH);
        assertThat(world.log.lines()).isEmpty();
    }

    private static ErasureRequest request(boolean forEver) {
        return new ErasureRequest(SHOP, Set.of(ANN), forEver, "T-1", false);
    }

    private static QuarantineRecord record(int sequence, String user) {
        return record(SHOP, sequence, user, RECEIVED);
    }

    private static QuarantineRecord ofDevice(int sequence, String device) {
        return of(SHOP, sequence, "{\"anonymous_id\":\"%s\"}".formatted(device), RECEIVED);
    }

    private static QuarantineRecord foreign(int sequence) {
        return record(new TenantId("bank"), sequence, "ann", RECEIVED);
    }

    /// Received after the erasure.
    private static QuarantineRecord later(int sequence) {
        return record(SHOP, sequence, "ann", RECEIVED.plusSeconds(36_000));
    }

    private static QuarantineRecord record(
            TenantId tenant, int sequence, String user, Instant receivedTs) {
        return of(tenant, sequence, "{\"user_id\":\"%s\"}".formatted(user), receivedTs);
    }

    private static QuarantineRecord of(
            TenantId tenant, int sequence, String body, Instant receivedTs) {
        return QuarantineRecord.of(
                "validator",
                new QuarantineId("sluice-raw", "shard", String.valueOf(sequence), 0),
                new Rejection.Malformed("no event_type"),
                new Receipt(
                        new EventId("e" + sequence),
                        tenant,
                        new SourceId("web"),
                        receivedTs,
                        "key",
                        null,
                        null,
                        null),
                null,
                null,
                RECEIVED,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String id(int sequence) {
        return "sluice-raw/shard/" + sequence + "/0";
    }

    private static String mended(int sequence) {
        return QuarantineRecord.mendedKey(id(sequence));
    }
}
