package dev.sluice.validator.process.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.rejection.QuarantineId;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.validator.Fixtures;
import dev.sluice.validator.ingress.ReceivedEvent;
import dev.sluice.validator.process.AllowedBatch;
import dev.sluice.validator.process.CheckedEvent;
import dev.sluice.validator.process.UniqueBatch;
import dev.sluice.validator.process.body.BodyFacts;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

class DuplicateFilterTest {

    private static final SequenceNumber RECORD = SequenceNumber.of("5");
    private static final TenantId OTHER = new TenantId("other");

    private final DuplicateFilter filter =
            new DuplicateFilter(new SeenIds(Duration.ofMinutes(60), 1 << 20, _ -> {}));

    @Test
    void letsTheFirstOfASliceThrough() {
        CheckedEvent first = event(Fixtures.SHOP, "1", 0);
        CheckedEvent copy = event(Fixtures.SHOP, "1", 0);
        CheckedEvent foreign = event(OTHER, "1", 0);

        UniqueBatch slice = filter.apply(slice(first, copy, foreign));

        assertThat(slice.unique()).usingElementComparator(same()).containsExactly(first, foreign);
        assertThat(slice.duplicates()).usingElementComparator(same()).containsExactly(copy);
        assertThat(slice.upTo()).isEqualTo(RECORD);
    }

    @Test
    void recognisesACopyInALaterSliceUntilTheWindowIsOver() {
        filter.apply(slice(event(Fixtures.SHOP, "1", 0)));
        filter.commit();

        assertThat(filter.apply(slice(event(Fixtures.SHOP, "1", 3599))).duplicates()).hasSize(1);
        filter.commit();
        assertThat(filter.apply(slice(event(Fixtures.SHOP, "1", 3600))).unique()).hasSize(1);
    }

    @Test
    void letsAnEventThroughAgainThatWasNotPublished() {
        filter.apply(slice(event(Fixtures.SHOP, "1", 0)));
        filter.rollback();

        assertThat(filter.apply(slice(event(Fixtures.SHOP, "1", 0))).unique()).hasSize(1);
        filter.commit();
        filter.rollback();
        assertThat(filter.apply(slice(event(Fixtures.SHOP, "1", 0))).duplicates()).hasSize(1);
    }

    private static Comparator<CheckedEvent> same() {
        return (one, other) -> one == other ? 0 : 1;
    }

    private static AllowedBatch slice(CheckedEvent... events) {
        return new AllowedBatch(List.of(events), List.of(), List.of(), RECORD);
    }

    private static CheckedEvent event(TenantId tenant, String id, long second) {
        SectionedEvent event = Fixtures.good(id);
        return new CheckedEvent(
                new ReceivedEvent(
                        new QuarantineId("raw", "shard", RECORD.toString(), 0),
                        RECORD,
                        Fixtures.NOW.plusSeconds(second),
                        Fixtures.receipt(tenant, id),
                        event),
                HashKey.MIN,
                event,
                "page_view",
                "1-0-0",
                new BodyFacts(null, null, null, null, null, null, null));
    }
}
