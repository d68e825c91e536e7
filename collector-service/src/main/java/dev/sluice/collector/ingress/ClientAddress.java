package dev.sluice.collector.ingress;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;

/// The sender's address. `X-Forwarded-For` is believed from the right, for as long as the one who
/// wrote the entry is a trusted proxy; what stands further left anybody could have written.
public final class ClientAddress {

    private final List<AddressRange> trustedProxies;

    public ClientAddress(List<AddressRange> trustedProxies) {
        this.trustedProxies = List.copyOf(trustedProxies);
    }

    String of(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        InetAddress address = parse(peer);
        if (address == null || trustedProxies.isEmpty()) {
            return peer;
        }
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            InetAddress hop = parse(hops.get(i));
            if (hop == null) {
                break;
            }
            address = hop;
        }
        return address.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return trustedProxies.stream().anyMatch(range -> range.contains(address));
    }

    private static List<String> hops(HttpServletRequest request) {
        return Collections.list(request.getHeaders("X-Forwarded-For")).stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(String::strip)
                .toList();
    }

    /// An address, also as some proxies write it: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
    private static @Nullable InetAddress parse(String text) {
        String literal = text;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            literal = text.substring(1, text.indexOf(']'));
        } else if (text.indexOf(':') > 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            literal = text.substring(0, text.indexOf(':'));
        }
        try {
            return InetAddress.ofLiteral(literal);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
