package dev.sluice.gdpr.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.gdpr.store.HeldRecord;
import dev.sluice.gdpr.store.Subjects;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What every table of the quarantine's rows does in an erasure.
public abstract class QuarantineTableKit {

    /// When the events of the rows were received, mostly.
    protected static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00.000001Z");

    protected static final TenantId SHOP = new TenantId("shop");
    protected static final TenantId BANK = new TenantId("bank");

    /// The one under test.
    protected abstract QuarantineTable table();

    /// Removes all rows.
    protected abstract void empty() throws Exception;

    /// Adds a row.
    protected abstract void add(String id, TenantId tenant, SubjectId subject, Instant received);

    /// Ids of the records that were counted as suppressed.
    protected abstract Set<String> suppressed();

    /// Lets changes of the table fail, or not any more.
    protected abstract void fail(boolean failing);

    @BeforeEach
    void twoPersonsHaveRecords() throws Exception {
        empty();
        add("a/1", SHOP, user("ann"), RECEIVED);
        add("a/2", SHOP, device("d-1"), RECEIVED);
        add("a/3", SHOP, user("bob"), RECEIVED);
        add("a/4", BANK, user("ann"), RECEIVED);
        add("a/5", SHOP, user("ann"), RECEIVED.plusSeconds(3600));
    }

    @Test
    void findsRowsOfTheTenantAndTheIdsFromBeforeTheErasure() {
        assertThat(ids(SHOP, user("ann"), device("d-1"))).containsExactlyInAnyOrder("a/1", "a/2");
        assertThat(ids(SHOP, user("d-1"), device("ann"))).isEmpty();
    }

    @Test
    void removesWhatItIsToldToAndNothingElse() {
        table().erase(SHOP, List.of(record("a/1"), record("a/2")));

        assertThat(ids(SHOP, user("ann"), device("d-1"))).isEmpty();
        assertThat(ids(SHOP, user("bob"))).containsExactly("a/3");
        assertThat(ids(BANK, user("ann"))).containsExactly("a/4");
        assertThat(suppressed()).containsExactlyInAnyOrder("a/1", "a/2");
    }

    @Test
    void countsARecordWhoseRowIsStillOnItsWay() {
        table().erase(SHOP, List.of(record("a/1"), record("a/9")));

        assertThat(suppressed()).containsExactlyInAnyOrder("a/1", "a/9");
    }

    @Test
    void erasesTheSameAgainWithoutAChange() {
        table().erase(SHOP, List.of(record("a/1")));

        table().erase(SHOP, List.of(record("a/1"), record("a/2")));

        assertThat(suppressed()).containsExactlyInAnyOrder("a/1", "a/2");
    }

    @Test
    void erasesNothingOfNobody() {
        table().erase(SHOP, List.of());

        assertThat(suppressed()).isEmpty();
        assertThat(ids(SHOP, user("ann"))).containsExactly("a/1");
    }

    @Test
    void changesNothingWhereItFails() {
        fail(true);
        assertThatThrownBy(() -> table().erase(SHOP, List.of(record("a/1"))))
                .isInstanceOf(TransientFailure.class);
        fail(false);

        assertThat(suppressed()).isEmpty();
        assertThat(ids(SHOP, user("ann"))).containsExactly("a/1");
    }

    private List<String> ids(TenantId tenant, SubjectId... subjects) {
        return table()
                .find(new Subjects(tenant, Set.of(subjects), RECEIVED.plusSeconds(60)))
                .stream()
                .map(HeldRecord::id)
                .toList();
    }

    protected static SubjectId user(String value) {
        return new SubjectId(SubjectKind.USER_ID, value);
    }

    protected static SubjectId device(String value) {
        return new SubjectId(SubjectKind.ANONYMOUS_ID, value);
    }

    protected static HeldRecord record(String id) {
        return new HeldRecord(id, RECEIVED, 0);
    }
}
