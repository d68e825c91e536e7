package dev.sluice.contracts.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

class SuppressionListTest {

    private static final TenantId SHOP = new TenantId("shop");
    private static final TenantId BANK = new TenantId("bank");
    private static final Instant ERASED = Instant.parse("2026-11-30T10:00:00.000001Z");
    private static final SubjectId ANN = new SubjectId(SubjectKind.USER_ID, "ann");
    private static final SubjectId BOB = new SubjectId(SubjectKind.USER_ID, "bob");

    private final SubjectKeys keys =
            new SubjectKeys(SubjectSecret.of("0123456789abcdef0123456789abcdef"));
    private final SubjectKey secret = keys.fingerprint();
    private final List<Consumer<SuppressionList.Reader>> entries = new ArrayList<>();

    @Test
    void coversWhatWasReceivedBeforeTheErasureAndNothingLater() {
        known();
        add(SHOP, ANN, SuppressionList.micros(ERASED));
        SuppressionCheck check = check();

        assertThat(check.covers(SHOP, ERASED.minusNanos(1_000), () -> List.of(BOB, ANN))).isTrue();
        assertThat(check.covers(SHOP, ERASED, () -> List.of(ANN))).isFalse();
        assertThat(check.covers(SHOP, Instant.EPOCH, () -> List.of(BOB))).isFalse();
        assertThat(check.covers(BANK, Instant.EPOCH, () -> List.of(ANN))).isFalse();
    }

    @Test
    void coversAllThatEverComesOfWhoOptedOut() {
        known();
        add(SHOP, ANN, SuppressionList.FOR_EVER);

        assertThat(check().covers(SHOP, ERASED.plusSeconds(1L << 33), () -> List.of(ANN))).isTrue();
    }

    @Test
    void asksForNoIdsWhereNobodyOfTheTenantIsOnTheList() {
        known();
        add(SHOP, ANN, SuppressionList.FOR_EVER);
        AtomicInteger asked = new AtomicInteger();

        boolean covered =
                check().covers(
                                BANK,
                                ERASED,
                                () -> {
                                    asked.incrementAndGet();
                                    return List.of(ANN);
                                });

        assertThat(covered).isFalse();
        assertThat(asked).hasValue(0);
    }

    @Test
    void refusesAListThatWasWrittenUnderAnotherSecret() {
        add(SHOP, ANN, SuppressionList.FOR_EVER);
        assertThatThrownBy(this::list).hasMessageContaining("another secret");

        known();
        assertThat(list().size()).isOne();

        entries.add(
                to -> to.entry(SuppressionList.Reader.NOBODY, secret.high(), secret.low() + 1, 0));
        assertThatThrownBy(this::list).hasMessageContaining("another secret");
    }

    @Test
    void anEmptyListIsGoodUnderAnySecret() {
        assertThat(list().size()).isZero();
    }

    /// Keys that crowd in few slots, against a map.
    @Test
    void keepsEveryKeyHoweverTheyCrowd() {
        Random random = new Random(7);
        SubjectTable table = new SubjectTable();
        Map<SubjectKey, Long> model = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            long low = random.nextBoolean() ? random.nextLong() : (-1L << 32) | random.nextInt(9);
            SubjectKey key = new SubjectKey(random.nextInt(40), low);
            long bound = random.nextLong() | 1;
            table.put(key, bound);
            model.put(key, bound);
        }

        assertThat(table.size()).isEqualTo(model.size());
        model.forEach((key, bound) -> assertThat(table.bound(key)).isEqualTo(bound));
        assertThat(table.bound(new SubjectKey(41, -1L))).isEqualTo(Long.MIN_VALUE);
    }

    private void known() {
        entries.add(to -> to.entry(SuppressionList.Reader.NOBODY, secret.high(), secret.low(), 0));
    }

    private void add(TenantId tenant, SubjectId subject, long receivedBefore) {
        SubjectKey key = keys.of(tenant, subject);
        entries.add(to -> to.entry(tenant.value(), key.high(), key.low(), receivedBefore));
    }

    private SuppressionList list() {
        return SuppressionList.of(secret, to -> entries.forEach(entry -> entry.accept(to)));
    }

    private SuppressionCheck check() {
        SuppressionList list = list();
        return new SuppressionCheck(() -> list, keys);
    }
}
