package dev.sluice.enricher.process.device;

import org.jspecify.annotations.Nullable;

/// What a user agent says about the device. Names as the uap-core regular expressions have them.
///
/// @param deviceClass code of the class, such as `phone`
/// @param os name of the operating system, 64 bytes at most; null when it is not told
/// @param osVersion as many numbers as are told, `10.15.7`, 32 bytes at most
/// @param browser name of the browser or app, 64 bytes at most
/// @param browserVersion as many numbers as are told, 32 bytes at most
record Device(
        String deviceClass,
        @Nullable String os,
        @Nullable String osVersion,
        @Nullable String browser,
        @Nullable String browserVersion,
        boolean bot) {

    static final Device UNKNOWN =
            new Device(DeviceClass.UNKNOWN.code(), null, null, null, null, false);
}
