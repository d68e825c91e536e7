package dev.sluice.collector.ingress;

import java.net.InetAddress;

/// A range of IP addresses in CIDR notation, such as `10.0.0.0/8` or `2001:db8::/32`.
public record AddressRange(InetAddress network, int prefixLength) {

    public AddressRange {
        int bits = network.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "prefix length " + prefixLength + " is outside 0 to " + bits);
        }
    }

    /// @throws IllegalArgumentException if it is neither an address nor a range
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int all = network.getAddress().length * Byte.SIZE;
        return new AddressRange(
                network, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
            int open = Math.max(0, Byte.SIZE - (prefixLength - bit));
            int difference = (ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & 0xFF;
            if (difference >>> open != 0) {
                return false;
            }
        }
        return true;
    }
}
