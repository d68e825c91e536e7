package dev.sluice.sdks;

import com.posthog.java.PostHog;

import java.util.HashMap;
import java.util.Map;

/// Tells nothing of what it delivers; it ends when its queue is empty.
final class PosthogSdk implements Sdk {

    private final PostHog posthog;

    PosthogSdk(String url, String writeKey) {
        posthog = new PostHog.Builder(writeKey).host(url).build();
    }

    @Override
    public void send(SentEvent event) {
        Map<String, Object> properties = new HashMap<>(event.properties());
        properties.put("$device_id", event.anonymous());
        posthog.capture(event.user(), "Page Viewed", properties);
    }

    @Override
    public void close() {
        posthog.shutdown();
    }
}
