package dev.sluice.contracts.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.Fixtures;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class QuarantineRecordTest {

    @Test
    void theOriginalBytesComeBackEvenWhenTheyAreNoText() {
        byte[] original = {0, (byte) 0xFF, '\n', '"', (byte) 0xC3};
        QuarantineRecord record =
                new QuarantineRecord(
                        "sluice-raw/shardId-000000000000/49/0",
                        "validator",
                        RejectionReason.CONTRACT_VIOLATION,
                        "page_view/1-0-0: /properties/price must be a number",
                        List.of(new Violation("/properties/price", "must be a number")),
                        "e1",
                        "acme",
                        null,
                        "page_view",
                        "page_view/1-0-0",
                        Fixtures.RECEIVED,
                        Fixtures.RECEIVED,
                        original);

        String line = new String(record.encode(), StandardCharsets.UTF_8);
        QuarantineRecord read = QuarantineRecord.decode(line);

        assertThat(line).doesNotContain("\n");
        assertThat(read).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void aReasonOutsideTheClosedSetIsRefused() {
        assertThatThrownBy(() -> RejectionReason.ofCode("because"))
                .hasMessage("unknown rejection reason because");
    }

    @Test
    void everyReasonHasACodeOfItsOwn() {
        assertThat(RejectionReason.values())
                .extracting(RejectionReason::code)
                .doesNotHaveDuplicates()
                .allSatisfy(
                        code -> assertThat(RejectionReason.ofCode(code).code()).isEqualTo(code));
    }
}
