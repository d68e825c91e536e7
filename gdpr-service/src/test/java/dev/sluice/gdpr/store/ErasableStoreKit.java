package dev.sluice.gdpr.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.runtime.failure.TransientFailure;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/// What every store of rows of persons does in an erasure.
public abstract class ErasableStoreKit {

    /// When the rows came to be, mostly.
    protected static final Instant THEN = Instant.parse("2026-11-21T10:00:00.000001Z");

    protected static final TenantId SHOP = new TenantId("shop");
    protected static final TenantId BANK = new TenantId("bank");

    /// The one under test.
    protected abstract ErasableStore store();

    /// Removes all rows.
    protected abstract void empty() throws Exception;

    /// Adds a row with an id.
    protected abstract void add(TenantId tenant, SubjectId id, Instant at) throws Exception;

    /// Lets changes of the store fail, or not any more.
    protected abstract void fail(boolean failing);

    @BeforeEach
    void twoPersonsHaveRows() throws Exception {
        fail(false);
        empty();
        add(SHOP, user("ann"), THEN);
        add(SHOP, device("d-1"), THEN);
        add(SHOP, user("bob"), THEN);
        add(BANK, user("ann"), THEN);
        add(SHOP, user("ann"), THEN.plusSeconds(3600));
    }

    @Test
    void findsRowsOfTheTenantAndTheIdsFromBeforeTheErasure() {
        assertThat(found(SHOP, user("ann"), device("d-1"))).isEqualTo(2);
        assertThat(found(SHOP, user("d-1"), device("ann"))).isZero();
        assertThat(found(SHOP, user("a%"))).isZero();
    }

    @Test
    void erasesThemAndNothingElse() {
        erase(user("ann"), device("d-1"));

        assertThat(found(SHOP, user("ann"), device("d-1"))).isZero();
        assertThat(found(SHOP, user("bob"))).isEqualTo(1);
        assertThat(found(BANK, user("ann"))).isEqualTo(1);
        assertThat(store().find(of(SHOP, THEN.plusSeconds(7200), user("ann"))).records())
                .hasSize(1);
    }

    @Test
    void erasesTheSameAgainWithoutAChange() {
        Subjects ann = of(SHOP, THEN.plusSeconds(60), user("ann"));
        Holdings held = store().find(ann);

        store().erase(ann, held);
        store().erase(ann, held);
        store().erase(ann, Holdings.NONE);

        assertThat(found(SHOP, user("ann"))).isZero();
        assertThat(found(SHOP, user("bob"))).isEqualTo(1);
    }

    @Test
    void tellsNoIdOfAPerson() {
        assertThat(
                        store().find(of(SHOP, THEN.plusSeconds(60), user("ann"), device("d-1")))
                                .records())
                .allSatisfy((key, record) -> assertThat(key + record).doesNotContain("ann", "d-1"));
    }

    @Test
    void changesNothingWhereItFails() {
        fail(true);
        assertThatThrownBy(() -> erase(user("ann"), device("d-1")))
                .isInstanceOf(TransientFailure.class)
                .hasMessageNotContaining("ann");
        fail(false);

        assertThat(found(SHOP, user("ann"), device("d-1"))).isEqualTo(2);
    }

    private void erase(SubjectId... ids) {
        Subjects whose = of(SHOP, THEN.plusSeconds(60), ids);
        store().erase(whose, store().find(whose));
    }

    private int found(TenantId tenant, SubjectId... ids) {
        return store().find(of(tenant, THEN.plusSeconds(60), ids)).records().size();
    }

    protected static Subjects of(TenantId tenant, Instant before, SubjectId... ids) {
        return new Subjects(tenant, Set.copyOf(Arrays.asList(ids)), before);
    }

    protected static SubjectId user(String value) {
        return new SubjectId(SubjectKind.USER_ID, value);
    }

    protected static SubjectId device(String value) {
        return new SubjectId(SubjectKind.ANONYMOUS_ID, value);
    }
}
