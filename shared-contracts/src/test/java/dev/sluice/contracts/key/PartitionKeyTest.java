package dev.sluice.contracts.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.TenantId;

import org.junit.jupiter.api.Test;

class PartitionKeyTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final EventId EVENT = new EventId("e1");

    @Test
    void theDeviceComesFirstThenTheUserTheSessionAndTheEvent() {
        assertThat(PartitionKey.of(ACME, "d", "u", "s", EVENT)).isEqualTo("acme/d");
        assertThat(PartitionKey.of(ACME, "", "u", "s", EVENT)).isEqualTo("acme/u");
        assertThat(PartitionKey.of(ACME, null, "", "s", EVENT)).isEqualTo("acme/s");
        assertThat(PartitionKey.of(ACME, null, null, "", EVENT)).isEqualTo("acme/e1");
    }

    @Test
    void twoTenantsNeverShareAKey() {
        assertThat(PartitionKey.of(new TenantId("other"), "d", null, null, EVENT))
                .isNotEqualTo(PartitionKey.of(ACME, "d", null, null, EVENT));
    }
}
