package dev.sluice.collector.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import java.net.InetAddress;
import java.util.List;

class ClientAddressTest {

    private final ClientAddress addresses =
            new ClientAddress(
                    List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10.1.2.3     | 198.51.100.7                       | 198.51.100.7
                    10.1.2.3     | 6.6.6.6, 198.51.100.7              | 198.51.100.7
                    10.1.2.3     | 198.51.100.7, 10.9.9.9             | 198.51.100.7
                    10.1.2.3     | 198.51.100.7:4711                  | 198.51.100.7
                    10.1.2.3     | [2606:4700::1]:443                 | 2606:4700:0:0:0:0:0:1
                    2001:db8::5  | 198.51.100.7                       | 198.51.100.7
                    10.1.2.3     | unknown, 10.9.9.9                  | 10.9.9.9
                    10.1.2.3     | rubbish                            | 10.1.2.3
                    203.0.113.1  | 198.51.100.7                       | 203.0.113.1
                    """)
    void believesForwardedAddressesOfTrustedProxiesOnly(
            String peer, String forwarded, String expected) {
        assertThat(addresses.of(request(peer, forwarded))).isEqualTo(expected);
    }

    @Test
    void readsSeveralHeadersAsOne() {
        MockHttpServletRequest request = request("10.1.2.3", "6.6.6.6");
        request.addHeader("X-Forwarded-For", "198.51.100.7");

        assertThat(addresses.of(request)).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/25, 192.0.2.127, true",
        "192.0.2.0/25, 192.0.2.128, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "0.0.0.0/0, ::1, false"
    })
    void knowsWhatIsInARange(String range, String address, boolean inside) {
        assertThat(AddressRange.parse(range).contains(InetAddress.ofLiteral(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "localhost", ""})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static MockHttpServletRequest request(String peer, String forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        request.addHeader("X-Forwarded-For", forwarded);
        return request;
    }
}
