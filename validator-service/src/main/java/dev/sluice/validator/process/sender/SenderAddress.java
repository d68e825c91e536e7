package dev.sluice.validator.process.sender;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// The user's address: the one the sender names, when it is one, else the one the collector saw.
public final class SenderAddress {

    /// Longest text of an IPv6 address (RFC 4291, 2.2): an IPv4 address in its last two groups.
    private static final int MAX_LENGTH = 45;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

    private SenderAddress() {}

    public static @Nullable String choose(@Nullable String named, @Nullable String seen) {
        return named != null && isLiteral(named) ? named : seen;
    }

    /// The patterns keep out the short forms and scope names that Java reads as addresses too.
    static boolean isLiteral(String text) {
        if (text.length() > MAX_LENGTH
                || !(IPV4.matcher(text).matches() || IPV6.matcher(text).matches())) {
            return false;
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
