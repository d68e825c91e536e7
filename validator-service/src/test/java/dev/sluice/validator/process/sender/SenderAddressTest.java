package dev.sluice.validator.process.sender;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.9",
                "0.0.0.0",
                "2001:db8::1",
                "::",
                "::ffff:203.0.113.9",
                "2001:0DB8:0000:0000:0000:0000:255.255.255.255"
            })
    void believesAnAddress(String address) {
        assertThat(SenderAddress.choose(address, "198.51.100.7")).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "42",
                "1.2",
                "1.2.3.4.5",
                "256.1.1.1",
                "203.0.113.9:80",
                "fe80::1%lo",
                "[2001:db8::1]",
                ":",
                "1::2::3",
                "203.0.113.9, 10.0.0.1"
            })
    void takesTheConnectionsAddressForWhatIsNone(String text) {
        assertThat(SenderAddress.choose(text, "198.51.100.7")).isEqualTo("198.51.100.7");
    }

    @Test
    void hasNoneWhenNobodyKnows() {
        assertThat(SenderAddress.choose(null, null)).isNull();
        assertThat(SenderAddress.choose("unknown", null)).isNull();
    }
}
