package dev.sluice.enricher.process.device;

import org.jspecify.annotations.Nullable;

import ua_parser.Client;
import ua_parser.Parser;

import java.nio.charset.StandardCharsets;

/// Reads a user agent with the regular expressions of uap-core: about a millisecond each time.
/// Thread-safe.
final class UserAgentParser {

    private static final String NOTHING = "Other";
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_VERSION_BYTES = 32;

    private final Parser parser = new Parser();

    Device parse(String userAgent) {
        Client client = parser.parse(userAgent);
        DeviceClass deviceClass = DeviceRule.classOf(userAgent, client);
        return new Device(
                deviceClass.code(),
                name(client.os.family),
                version(client.os.major, client.os.minor, client.os.patch),
                name(client.userAgent.family),
                version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
                deviceClass == DeviceClass.BOT);
    }

    private static @Nullable String name(String family) {
        return family.equals(NOTHING) ? null : cut(family, MAX_NAME_BYTES);
    }

    private static @Nullable String version(
            @Nullable String major, @Nullable String minor, @Nullable String patch) {
        if (major == null) {
            return null;
        }
        String version = major;
        if (minor != null) {
            version += '.' + minor;
            version += patch == null ? "" : '.' + patch;
        }
        return cut(version, MAX_VERSION_BYTES);
    }

    /// uap copies parts of the text; the columns have a width.
    private static String cut(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
