package dev.sluice.contracts.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contracts.Fixtures;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class QuarantineRecordTest {

    @Test
    void comesBackAsItWasWithItsReceiptAndItsBytes() {
        byte[] noText = {0, (byte) 0xFF, '\n', '"', (byte) 0xC3};
        byte[] text = "{\"a\": \"\u00e9\ud83d\ude00\",\r\n\u2028".getBytes(StandardCharsets.UTF_8);
        for (byte[] original : List.of(noText, text, new byte[0])) {
            QuarantineRecord record = refused(original);

            String line = new String(record.encode(), StandardCharsets.UTF_8);

            assertThat(line).doesNotContain("\n");
            assertThat(QuarantineRecord.decode(line)).usingRecursiveComparison().isEqualTo(record);
        }
    }

    @Test
    void aLargeOriginalIsNamedAndNotCarried() {
        QuarantineRecord record = refused(new byte[QuarantineRecord.LARGEST_ORIGINAL + 1]);

        String key = record.keyOfLargeOriginal().orElseThrow();
        QuarantineRecord sent = record.withOriginalAt(key);

        assertThat(key).isEqualTo("quarantine-originals/sluice-raw/shardId-000000000000/49/0");
        assertThat(sent.keyOfLargeOriginal()).isEmpty();
        assertThat(QuarantineRecord.decode(new String(sent.encode(), StandardCharsets.UTF_8)))
                .usingRecursiveComparison()
                .isEqualTo(sent);
    }

    @Test
    void whatIsNoRecordIsRefused() {
        for (String wrong : List.of("", "{", "[]", "{\"quarantine_id\": 1}")) {
            assertThatThrownBy(() -> QuarantineRecord.decode(wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static QuarantineRecord refused(byte[] original) {
        return QuarantineRecord.of(
                "validator",
                new QuarantineId("sluice-raw", "shardId-000000000000", "49", 0),
                new Rejection.ContractViolation(
                        "page_view/1-0-0",
                        List.of(new Violation("/properties/price", "must be a number"))),
                Fixtures.receipt(1),
                "page_view",
                "page_view/1-0-0",
                Fixtures.RECEIVED,
                original);
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
