package dev.sluice.enricher.process.device;

import dev.sluice.enricher.process.BodyField;
import dev.sluice.enricher.process.ColumnText;
import dev.sluice.enricher.process.EventView;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What a browser says about itself besides a user agent that it no longer tells the truth in.
///
/// @param mobile null when it is not told
/// @param platform such as `Windows` or `macOS`
/// @param platformVersion as the platform counts it
/// @param model of a phone or tablet
record ClientHints(
        @Nullable Boolean mobile,
        @Nullable String platform,
        @Nullable String platformVersion,
        @Nullable String model) {

    static final ClientHints NONE = new ClientHints(null, null, null, null);

    /// Platforms as uap-core calls the systems.
    private static final Map<String, String> SYSTEMS =
            Map.of(
                    "windows", "Windows",
                    "macos", "Mac OS X",
                    "android", "Android",
                    "chrome os", "Chrome OS",
                    "chromium os", "Chrome OS",
                    "chromeos", "Chrome OS",
                    "ios", "iOS",
                    "linux", "Linux");

    private static final Pattern VERSION = Pattern.compile("\\d[\\d.]*");
    private static final int VERSION_BYTES = 32;

    /// Windows counts 13 and more what it sells as 11.
    private static final int WINDOWS_11 = 13;

    static ClientHints of(EventView event) {
        String mobile = event.text(BodyField.HINTS_MOBILE);
        String platform = filled(event.text(BodyField.HINTS_PLATFORM));
        String version = filled(event.text(BodyField.HINTS_PLATFORM_VERSION));
        String model = filled(event.text(BodyField.HINTS_MODEL));
        if (mobile == null && platform == null && version == null && model == null) {
            return NONE;
        }
        return new ClientHints(
                mobile == null ? null : mobile.equals("true") || mobile.equals("?1"),
                platform,
                version,
                model);
    }

    /// The device as these hints correct it. What it says of a bot stays, and so does the class of
    /// what is neither a phone nor a tablet nor a desktop.
    Device correct(Device device) {
        if (this == NONE || device.bot()) {
            return device;
        }
        String os = platform == null ? null : SYSTEMS.get(platform.toLowerCase(Locale.ROOT));
        String version = version(os);
        boolean otherSystem = os != null && !isSame(os, device.os());
        return new Device(
                deviceClass(device, os),
                otherSystem ? os : device.os(),
                version == null && !otherSystem ? device.osVersion() : version,
                device.browser(),
                device.browserVersion(),
                false);
    }

    private String deviceClass(Device device, @Nullable String os) {
        String before = device.deviceClass();
        if (before.equals(DeviceClass.UNKNOWN.code()) && os != null) {
            before = DeviceClass.DESKTOP.code();
        }
        boolean android = "Android".equals(os == null ? device.os() : os);
        boolean hand =
                before.equals(DeviceClass.PHONE.code()) || before.equals(DeviceClass.TABLET.code());
        if (mobile == null || !hand && !before.equals(DeviceClass.DESKTOP.code())) {
            return before;
        }
        if (mobile) {
            return DeviceClass.PHONE.code();
        }
        // A tablet that asks for desktop pages says Linux in its user agent.
        return android && (hand || model != null) ? DeviceClass.TABLET.code() : before;
    }

    private @Nullable String version(@Nullable String os) {
        if (platformVersion == null || !VERSION.matcher(platformVersion).matches()) {
            return null;
        }
        String version = platformVersion;
        while (version.endsWith(".0")) {
            version = version.substring(0, version.length() - 2);
        }
        if ("Windows".equals(os)) {
            return windows(version);
        }
        return ColumnText.cut(version, VERSION_BYTES);
    }

    /// @return null for those before 10, which all say 0
    private static @Nullable String windows(String version) {
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        if (major.length() > 4 || major.equals("0") || major.isEmpty()) {
            return null;
        }
        return Integer.parseInt(major) >= WINDOWS_11 ? "11" : "10";
    }

    /// A distribution of Linux is more than the hint says.
    private static boolean isSame(String os, @Nullable String before) {
        return os.equals(before) || os.equals("Linux") && before != null && isLinux(before);
    }

    private static boolean isLinux(String os) {
        return switch (os) {
            case "Ubuntu", "Debian", "Fedora", "Red Hat", "SUSE", "Mint", "Gentoo", "Arch Linux" ->
                    true;
            default -> false;
        };
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
