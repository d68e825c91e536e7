package dev.sluice.loader.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.derived.IdentityLink;
import dev.sluice.contracts.derived.SessionChange;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.rejection.QuarantineRecord;
import dev.sluice.loader.Fixtures;
import dev.sluice.loader.derived.DerivedTables;
import dev.sluice.loader.derived.Found;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.quarantine.Refused;
import dev.sluice.loader.queue.LoadFile;
import dev.sluice.loader.queue.LoadTable;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.objects.PendingObject;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What every [Warehouse] does, whatever is behind it.
abstract class WarehouseKit {

    private static final Instant RECEIVED = Fixtures.RECEIVED;

    /// A warehouse without rows, whose fence nobody has raised.
    protected abstract Warehouse warehouse();

    /// Where it reads files and manifests.
    protected abstract ObjectStore objects();

    /// The ids of the events it holds, in order.
    protected abstract List<String> ids();

    /// The ids of the quarantine records it holds, in order.
    protected abstract List<String> quarantined();

    /// Sessions, `tenant/id@revision`, in order.
    protected abstract List<String> sessions();

    /// How many links between ids it holds.
    protected abstract long links();

    @Test
    void ofASessionTheHighestRevisionStandsInWhateverOrderTheyComeAndHoweverOften() {
        assertThat(load("b1", 1, sessions("1", Found.session("s1", 2), Found.session("s1", 1))))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));
        assertThat(load("b2", 1, sessions("2", Found.session("s1", 1), Found.session("s2", 1))))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));
        assertThat(
                        load(
                                "b3",
                                1,
                                sessions("3", Found.session("s1", 3)),
                                sessions("4", Found.session("s1", 2))))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));
        assertThat(load("b4", 1, sessions("5", Found.session("s1", 3), Found.session("s1", 2))))
                .isEqualTo(new LoadOutcome.Loaded(2, 0, 0, 2));

        assertThat(sessions()).containsExactly("acme/s1@3", "acme/s2@1");
        assertThat(ids()).isEmpty();
    }

    @Test
    void keepsEveryLinkOnceHoweverOftenItIsLoaded() {
        IdentityLink login = Found.link("a1", "p1", 1);
        IdentityLink other = Found.link("a1", "p2", 2);

        assertThat(load("b1", 1, links("1", login, login)))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));
        assertThat(load("b2", 1, links("2", other, login)))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));

        assertThat(links()).isEqualTo(2);
    }

    @Test
    void loadsAFileOnceHoweverOftenItIsOffered() {
        LoadFile one = file("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile two = file("curated/2.parquet", Fixtures.pageView("e2"));

        assertThat(load("b1", 1, one)).isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
        assertThat(load("b2", 1, one, two))
                .isEqualTo(new LoadOutcome.LoadedBefore(Set.of(one.key())));
        assertThat(load("b3", 1, two)).isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));

        assertThat(ids()).containsExactly("e1", "e2");
    }

    @Test
    void letsNoLoaderCommitThatIsNotTheLeaderAnyMore() {
        load("b2", 2, file("curated/2.parquet", Fixtures.pageView("e2")));

        LoadOutcome outcome = load("b1", 1, file("curated/1.parquet", Fixtures.pageView("e1")));

        assertThat(outcome).isEqualTo(new LoadOutcome.Fenced(2));
        assertThat(ids()).containsExactly("e2");
    }

    @Test
    void loadsNothingOfABatchWithOtherRowsThanTheirWritersCounted() {
        LoadFile good = file("curated/1.parquet", Fixtures.pageView("e1"));
        LoadFile lying = claiming(2, file("curated/2.parquet", Fixtures.pageView("e2")));

        assertThat(load("b1", 1, good, lying)).isInstanceOf(LoadOutcome.Refused.class);

        assertThat(ids()).isEmpty();
        assertThat(load("b2", 1, good)).isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
    }

    @Test
    void refusesWhatIsNoParquetAndLoadsTheNext() {
        LoadFile good = file("curated/good.parquet", Fixtures.pageView("e1"));
        LoadFile bad = file("curated/bad.parquet", Fixtures.pageView("e2"));
        try (PendingObject object = objects().begin(bad.key())) {
            object.content().write("no parquet".getBytes(StandardCharsets.UTF_8));
            object.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }

        assertThat(load("b1", 1, good, bad)).isInstanceOf(LoadOutcome.Refused.class);
        assertThat(ids()).isEmpty();
        assertThat(load("b2", 1, good)).isEqualTo(new LoadOutcome.Loaded(1, 1, 0, 0));
    }

    @Test
    void tellsReplaysFromDuplicatesWithinABatchAndAcrossThem() {
        SectionedEvent first = Fixtures.search("acme", "e1", RECEIVED);
        SectionedEvent again = Fixtures.search("acme", "e1", RECEIVED.plusSeconds(1));
        SectionedEvent other = Fixtures.search("other", "e1", RECEIVED);

        assertThat(load("b1", 1, file("curated/1.parquet", first, first, again, other)))
                .isEqualTo(new LoadOutcome.Loaded(4, 2, 1, 1));
        assertThat(load("b2", 1, file("curated/2.parquet", first, again)))
                .isEqualTo(new LoadOutcome.Loaded(2, 0, 0, 2));

        assertThat(ids()).containsExactly("e1", "e1");
    }

    @Test
    void loadsAQuarantineRecordOnceHoweverOftenItIsSent() {
        QuarantineRecord one = Refused.event(1, "{}");
        QuarantineRecord two = Refused.frame(2, (byte) 0xFF);

        assertThat(load("b1", 1, refused("curated/1.parquet", one, one)))
                .isEqualTo(new LoadOutcome.Loaded(2, 1, 0, 1));
        assertThat(
                        load(
                                "b2",
                                1,
                                refused("curated/2.parquet", one, two),
                                refused("curated/3.parquet", two)))
                .isEqualTo(new LoadOutcome.Loaded(3, 1, 0, 2));

        assertThat(quarantined()).containsExactly(one.quarantineId(), two.quarantineId());
        assertThat(ids()).isEmpty();
    }

    @Test
    void aRecordLeavesTheQuarantineWhenItsEventIsLoadedAndDoesNotComeBack() {
        QuarantineRecord record = Refused.event(1, "{}");
        SectionedEvent mended = Fixtures.search("acme", "e1", RECEIVED);
        SectionedEvent otherReceipt = Fixtures.search("acme", "e2", RECEIVED.plusSeconds(1));
        QuarantineRecord stays = Refused.event(2, "{}");
        load("b1", 1, refused("curated/1.parquet", record, stays));

        load("b2", 1, file("curated/2.parquet", mended, otherReceipt));
        assertThat(quarantined()).containsExactly(stays.quarantineId());
        assertThat(load("b3", 1, refused("curated/3.parquet", record)))
                .isEqualTo(new LoadOutcome.Loaded(1, 0, 0, 1));

        assertThat(quarantined()).containsExactly(stays.quarantineId());
    }

    @Test
    void aRecordOfAnEventThatWasRefusedAgainTakesThePlaceOfTheOneBefore() {
        QuarantineRecord record = Refused.event(1, "{}");
        QuarantineRecord again = Refused.again(record, 7);
        load("b1", 1, refused("curated/1.parquet", record, Refused.frame(3)));

        load("b2", 1, refused("curated/2.parquet", again, Refused.frame(4)));

        assertThat(quarantined())
                .containsExactlyInAnyOrder(
                        again.quarantineId(),
                        Refused.frame(3).quarantineId(),
                        Refused.frame(4).quarantineId());
    }

    private LoadFile sessions(String name, SessionChange... sessions) {
        String key = "curated/sessions/" + name + ".parquet";
        return LocalWarehouse.publish(objects(), key, DerivedTables.SESSIONS, List.of(sessions));
    }

    private LoadFile links(String name, IdentityLink... links) {
        String key = "curated/identities/" + name + ".parquet";
        return LocalWarehouse.publish(objects(), key, DerivedTables.IDENTITIES, List.of(links));
    }

    private LoadFile refused(String key, QuarantineRecord... records) {
        return LocalWarehouse.publish(objects(), key, List.of(records));
    }

    private LoadOutcome load(String id, long fence, LoadFile... files) {
        String manifest = new Manifest(objects()).publish(id, List.of(files));
        return warehouse().load(new LoadBatch(id, manifest, List.of(files), fence));
    }

    private LoadFile file(String key, SectionedEvent... events) {
        return LocalWarehouse.publish(objects(), key, events);
    }

    private static LoadFile claiming(long rows, LoadFile file) {
        return new LoadFile(
                LoadTable.EVENTS,
                file.key(),
                Layouts.BUNDLED,
                rows,
                file.bytes(),
                file.minEventTs(),
                file.maxEventTs(),
                file.minReceivedTs(),
                file.maxReceivedTs(),
                file.createdAt());
    }
}
