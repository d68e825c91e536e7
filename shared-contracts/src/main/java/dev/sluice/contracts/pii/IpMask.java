package dev.sluice.contracts.pii;

import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Truncates IP addresses to their network: IPv4 to 24 bits, IPv6 to 48.
public final class IpMask {

    private static final int FOUR_KEPT = 3;
    private static final int SIX_KEPT = 6;
    private static final int LONGEST = 64;

    private IpMask() {}

    /// The network's address; null if the text is no address.
    public static @Nullable String truncate(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text.strip() : text.substring(0, zone).strip();
        if (address.length() > LONGEST || !isLiteral(address)) {
            return null;
        }
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            byte[] bytes = parsed.getAddress();
            int kept = parsed instanceof Inet4Address ? FOUR_KEPT : SIX_KEPT;
            Arrays.fill(bytes, kept, bytes.length, (byte) 0);
            return kept == FOUR_KEPT ? four(bytes) : six(bytes);
        } catch (IllegalArgumentException | UnknownHostException e) {
            return null;
        }
    }

    private static boolean isLiteral(String address) {
        long dots = address.chars().filter(unit -> unit == '.').count();
        return address.indexOf(':') >= 0 || dots == FOUR_KEPT;
    }

    private static String four(byte[] bytes) throws UnknownHostException {
        return InetAddress.getByAddress(bytes).getHostAddress();
    }

    private static String six(byte[] bytes) {
        StringBuilder text = new StringBuilder(20);
        for (int i = 0; i < SIX_KEPT; i += 2) {
            text.append(Integer.toHexString((bytes[i] & 0xFF) << 8 | bytes[i + 1] & 0xFF))
                    .append(':');
        }
        return text.append(':').toString();
    }
}
