package dev.sluice.collector.process.protocol.posthog;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.EventMapping;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.body.JsonValue;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.ForeignTime;
import dev.sluice.contracts.event.Timestamps;
import dev.sluice.contracts.rejection.Rejection;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/// One captured event.
///
/// `distinct_id` is one id for both, a user and a device. It is the device's when it equals
/// `$device_id`, when `$is_identified` is false, or when a browser sends it and names no user; else
/// it is the user's, as for all server libraries.
final class PosthogEvent implements EventMapping<JsonObject> {

    private static final Pattern MILLIS = Pattern.compile("\\d{1,12}");

    private final @Nullable String sentTs;
    private final @Nullable String sdk;
    private final @Nullable String key;

    /// @param sdk its name, a slash, its version
    /// @param key of the project, which browsers write into every event as a property
    PosthogEvent(@Nullable String sentTs, @Nullable String sdk, @Nullable String key) {
        this.sentTs = ForeignTime.rfc3339(sentTs);
        this.sdk = sdk;
        this.key = key;
    }

    @Override
    public Optional<Rejection> map(JsonObject event, CanonicalEvent out) {
        String name = event.string("event");
        if (name == null) {
            return Optional.of(new Rejection.Malformed("event, its name, is missing"));
        }
        JsonObject properties = event.object("properties");
        String distinct = or(event.scalar("distinct_id"), properties.scalar("distinct_id"));
        String device = properties.scalar("$device_id");
        boolean anonymous = isDevice(name, distinct, properties);
        String anonymousId =
                anonymous ? distinct : or(properties.scalar("$anon_distinct_id"), device);
        out.text("event_id", ForeignId.fitted(event.scalar("uuid")))
                .text("event_type", name)
                .text("event_ts", eventTs(event))
                .text("sent_ts", sentTs)
                .text("anonymous_id", anonymousId)
                .text("user_id", anonymous ? properties.scalar("$user_id") : distinct)
                .text(
                        "session_id",
                        or(event.scalar("session_id"), properties.scalar("$session_id")));
        PosthogContext.write(event, properties, sdk, out);
        out.begin("properties");
        properties.forEach(
                (property, value) -> {
                    if (!isPosthogs(property, value)) {
                        out.value(property, value);
                    }
                });
        if (name.equals("$create_alias") && !properties.has("previous_id")) {
            out.text("previous_id", properties.scalar("alias"));
        }
        out.end();
        return Optional.empty();
    }

    /// Its timestamp; else what lies the offset, in milliseconds, before it was sent.
    private @Nullable String eventTs(JsonObject event) {
        String timestamp = ForeignTime.rfc3339(event.scalar("timestamp"));
        String offset = event.scalar("offset");
        if (timestamp != null || sentTs == null || offset == null) {
            return timestamp;
        }
        return MILLIS.matcher(offset).matches()
                ? Timestamps.parse(sentTs)
                        .map(sent -> Timestamps.format(sent.minusMillis(Long.parseLong(offset))))
                        .orElse(null)
                : null;
    }

    private boolean isPosthogs(String property, JsonValue value) {
        return property.startsWith("$")
                || (property.equals("token") && key != null && key.equals(value.scalar()));
    }

    private static boolean isDevice(String name, @Nullable String distinct, JsonObject properties) {
        if (name.equals("$identify") || distinct == null) {
            return false;
        }
        String identified = properties.scalar("$is_identified");
        String library = properties.scalar("$lib");
        return distinct.equals(properties.scalar("$device_id"))
                || "false".equals(identified)
                || ("web".equals(library)
                        && identified == null
                        && properties.get("$user_id") == null);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null ? second : first;
    }
}
