package dev.sluice.collector.process.door;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Addresses without the part that tells one household from another: of IPv4 the first 24 bits
/// stay, of IPv6 the first 48.
final class ShortAddress {

    private static final int BYTES_OF_V4 = 3;
    private static final int BYTES_OF_V6 = 6;

    private ShortAddress() {}

    /// Null for what is no address.
    static @Nullable String of(@Nullable String address) {
        if (address == null) {
            return null;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            int kept = bytes.length == 4 ? BYTES_OF_V4 : BYTES_OF_V6;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (IllegalArgumentException | UnknownHostException notAnAddress) {
            return null;
        }
    }
}
