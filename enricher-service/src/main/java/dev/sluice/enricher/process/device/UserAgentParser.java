package dev.sluice.enricher.process.device;

import dev.sluice.enricher.process.ColumnText;

import org.jspecify.annotations.Nullable;

import ua_parser.Client;
import ua_parser.Parser;

/// Reads a user agent with the regular expressions of uap-core: about a millisecond each time.
/// Thread-safe.
final class UserAgentParser {

    private static final String NOTHING = "Other";
    private static final int MAX_NAME_BYTES = 64;
    private static final int MAX_VERSION_BYTES = 32;

    private final Parser parser = new Parser();
    private final CrawlerList crawlers = CrawlerList.bundled();

    Device parse(String userAgent) {
        Client client = parser.parse(userAgent);
        DeviceClass deviceClass =
                crawlers.names(userAgent) ? DeviceClass.BOT : DeviceRule.classOf(userAgent, client);
        return new Device(
                deviceClass.code(),
                name(client.os.family),
                version(client.os.major, client.os.minor, client.os.patch),
                name(client.userAgent.family),
                version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
                deviceClass == DeviceClass.BOT);
    }

    private static @Nullable String name(String family) {
        return family.equals(NOTHING) ? null : ColumnText.cut(family, MAX_NAME_BYTES);
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
        return ColumnText.cut(version, MAX_VERSION_BYTES);
    }
}
