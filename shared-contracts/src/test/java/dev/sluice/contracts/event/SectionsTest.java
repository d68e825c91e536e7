package dev.sluice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.Fixtures;
import dev.sluice.contracts.rejection.Rejection;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SectionsTest {

    @Test
    void aReceiptReadsBackAsItWasWritten() {
        Receipt receipt = Fixtures.receipt(3);

        assertThat(Receipt.decode(receipt.encode())).isEqualTo(receipt);
    }

    @Test
    void aRefusalAtTheDoorTravelsWithTheReceipt() {
        Receipt plain = Fixtures.receipt(3);
        Receipt refused =
                new Receipt(
                        plain.eventId(),
                        plain.tenantId(),
                        plain.sourceId(),
                        plain.receivedTs(),
                        plain.partitionKey(),
                        null,
                        null,
                        new Rejection.Malformed("event_type is missing"));

        assertThat(Receipt.decode(refused.encode())).isEqualTo(refused);
    }

    @Test
    void checkedFactsReadBackAsTheyWereWritten() {
        assertThat(CheckedFacts.decode(Fixtures.facts().encode())).isEqualTo(Fixtures.facts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"event_id\":\"a\"}", "{\"event_id\":{}}", "nonsense"})
    void bytesThatAreNoReceiptAreRefusedWithoutShowingThem(String text) {
        assertThatThrownBy(() -> Receipt.decode(Bytes.utf8(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("section RECEIPT");
    }

    @Test
    void idsAreCountedInBytesAsTheWarehouseCountsThem() {
        assertThat(new EventId("é".repeat(32)).value()).hasSize(32);
        assertThatThrownBy(() -> new EventId("é".repeat(33)))
                .hasMessage("event_id is longer than 64 bytes");
        assertThatThrownBy(() -> new TenantId("")).hasMessage("tenant_id is empty");
    }

    @Test
    void payloadsDoNotShowInTexts() {
        assertThat(Fixtures.received(1).toString()).doesNotContain("page_view");
    }
}
