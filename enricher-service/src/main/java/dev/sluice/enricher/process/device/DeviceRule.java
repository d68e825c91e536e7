package dev.sluice.enricher.process.device;

import ua_parser.Client;

import java.util.Set;
import java.util.regex.Pattern;

/// The class of a device, which uap does not tell. The first line that fits decides:
///
/// | class | sign |
/// |---|---|
/// | bot | a sign of `CrawlerList`; uap's device `Spider`; bot, crawler, headless, webdriver, … |
/// | console | PlayStation, Xbox, Nintendo |
/// | tv | a television's system, SmartTV, HbbTV, Android TV, Fire TV (`AFT…`), Chromecast (`CrKey`)
/// |
/// | tablet | iPad, Kindle, Tablet; Android without `Mobile`, as Chrome's user-agent rules have it
/// |
/// | phone | iPhone, iPod, Mobile; Windows Phone, KaiOS; Android |
/// | desktop | a desktop's system |
/// | other | uap knows the browser or the system |
/// | unknown | uap knows nothing |
///
/// An iPad that asks for desktop pages says it is a Mac, and is taken for one.
final class DeviceRule {

    private static final String NOTHING = "Other";

    private static final Pattern BOT =
            Pattern.compile(
                    "(?<!cu)bot\\b|crawler|spider|headless|lighthouse|phantomjs|puppeteer|playwright"
                            + "|selenium|webdriver|slimerjs",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern CONSOLE =
            Pattern.compile("playstation|xbox|nintendo", Pattern.CASE_INSENSITIVE);
    private static final Pattern TV =
            Pattern.compile(
                    "smart-?tv|hbbtv|android tv|googletv|apple ?tv|bravia|netcast|web0s|crkey|roku"
                            + "|\\bAFT[A-Z]",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLET =
            Pattern.compile("ipad|kindle|tablet", Pattern.CASE_INSENSITIVE);
    private static final Pattern PHONE =
            Pattern.compile("iphone|ipod|mobile|phone", Pattern.CASE_INSENSITIVE);

    private static final Set<String> TV_SYSTEMS =
            Set.of("ATV OS X", "tvOS", "Roku", "Web0S", "webOS", "FireOS TV", "Chromecast");
    private static final Set<String> DESKTOP_SYSTEMS =
            Set.of(
                    "Windows",
                    "Mac OS X",
                    "Mac OS",
                    "Linux",
                    "Ubuntu",
                    "Debian",
                    "Fedora",
                    "Red Hat",
                    "SUSE",
                    "Mint",
                    "Gentoo",
                    "Arch Linux",
                    "Chrome OS",
                    "FreeBSD",
                    "OpenBSD",
                    "NetBSD",
                    "Solaris");

    private DeviceRule() {}

    static DeviceClass classOf(String userAgent, Client client) {
        String system = client.os.family;
        String text = userAgent + ' ' + client.device.family;
        if (client.device.family.equals("Spider") || BOT.matcher(userAgent).find()) {
            return DeviceClass.BOT;
        }
        if (CONSOLE.matcher(text).find()) {
            return DeviceClass.CONSOLE;
        }
        if (TV_SYSTEMS.contains(system) || TV.matcher(text).find()) {
            return DeviceClass.TV;
        }
        if (TABLET.matcher(text).find() || isAndroidTablet(userAgent, system)) {
            return DeviceClass.TABLET;
        }
        if (PHONE.matcher(text).find() || system.equals("KaiOS") || system.equals("Android")) {
            return DeviceClass.PHONE;
        }
        if (DESKTOP_SYSTEMS.contains(system)) {
            return DeviceClass.DESKTOP;
        }
        boolean nothing = system.equals(NOTHING) && client.userAgent.family.equals(NOTHING);
        return nothing ? DeviceClass.UNKNOWN : DeviceClass.OTHER;
    }

    /// Only browsers keep to the rule; an app on Android's own client says neither.
    private static boolean isAndroidTablet(String userAgent, String system) {
        return system.equals("Android")
                && userAgent.startsWith("Mozilla/")
                && !userAgent.contains("Mobile");
    }
}
