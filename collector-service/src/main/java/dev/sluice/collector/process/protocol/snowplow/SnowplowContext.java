package dev.sluice.collector.process.protocol.snowplow;

import dev.sluice.collector.process.body.CanonicalEvent;
import dev.sluice.collector.process.body.JsonObject;
import dev.sluice.collector.process.protocol.ContextWriter;
import dev.sluice.collector.process.protocol.ForeignId;
import dev.sluice.collector.process.protocol.PageAddress;
import dev.sluice.collector.process.protocol.UserAgentData;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where and with what an event of a tracker happened.
final class SnowplowContext {

    private static final Pattern RESOLUTION = Pattern.compile("(\\d{1,6})x(\\d{1,6})");

    private SnowplowContext() {}

    static void write(Map<String, String> event, Entities entities, CanonicalEvent out) {
        ContextWriter context = new ContextWriter(out);
        String url = event.get("url");
        context.put("page", page(event, url));
        context.put("app", texts("name", event.get("aid")));
        context.put("library", texts("name", event.get("tv")));
        context.put("locale", event.get("lang"));
        context.put("timezone", event.get("tz"));
        screen(event.get("res"), context);
        context.put("campaign", PageAddress.campaign(url));
        context.put("ip", event.get("ip"));
        context.put("user_agent", event.get("ua"));
        JsonObject hints = entities.clientHints();
        if (hints != null) {
            UserAgentData.write(hints, context);
        }
        String id = event.get("eid");
        if (id != null && !id.equals(ForeignId.fitted(id))) {
            context.put("message_id", id);
        }
        context.put("schema", entities.schema());
        context.put("entities", entities.contexts());
        context.put("snowplow", rest(event));
        context.end();
    }

    private static Map<String, @Nullable String> page(
            Map<String, String> event, @Nullable String url) {
        Map<String, @Nullable String> page = new LinkedHashMap<>();
        page.put("url", url);
        page.put("path", PageAddress.path(url));
        page.put("referrer", event.get("refr"));
        page.put("title", event.get("page"));
        return page;
    }

    private static void screen(@Nullable String resolution, ContextWriter context) {
        Matcher size = RESOLUTION.matcher(resolution == null ? "" : resolution);
        if (size.matches()) {
            context.screen(Integer.valueOf(size.group(1)), Integer.valueOf(size.group(2)));
        } else {
            context.put("resolution", resolution);
        }
    }

    /// What has no other place; the send time too where it corrects nothing.
    private static Map<String, @Nullable String> rest(Map<String, String> event) {
        Map<String, @Nullable String> rest = new LinkedHashMap<>();
        event.forEach(
                (name, value) -> {
                    if (!Parameters.PLACED.contains(name)
                            && !Parameters.isProperty(name, event.getOrDefault("e", ""))) {
                        rest.put(name, value);
                    }
                });
        rest.put("tna", event.get("tna"));
        if (event.containsKey("ttm")) {
            rest.put("stm", event.get("stm"));
            rest.put("dtm", event.get("dtm"));
        }
        return rest;
    }

    private static Map<String, @Nullable String> texts(String name, @Nullable String text) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        texts.put(name, text);
        return texts;
    }
}
