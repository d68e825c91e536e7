package dev.sluice.collector.process.protocol;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// User-agent client hints, which SDKs read from `navigator.userAgentData` and put into contexts
/// under names of their own; in the canonical event they are `context.user_agent_data`.
public final class UserAgentData {

    private static final Map<String, String> RENAMED =
            Map.of(
                    "platformVersion", "platform_version",
                    "uaFullVersion", "ua_full_version",
                    "fullVersionList", "full_version_list",
                    "formFactors", "form_factors",
                    "isMobile", "mobile");

    private UserAgentData() {}

    /// Writes what there is of them. One that comes under two names keeps the second beside it.
    public static void write(JsonObject hints, ContextWriter context) {
        CanonicalEvent out = context.begin("user_agent_data");
        Set<String> names = new HashSet<>();
        hints.forEach(
                (name, value) -> {
                    String unused = RENAMED.getOrDefault(name, name);
                    while (!names.add(unused)) {
                        unused += "_raw";
                    }
                    if (!value.isNull()) {
                        out.value(unused, value);
                    }
                });
        out.end();
    }
}
