package dev.sluice.traffic;

import dev.sluice.contracts.event.Timestamps;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;

/// Writes a draft as the event that the SDK of its device would post.
final class EventWriter {

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private EventWriter() {}

    /// Who sends, in which visit, and the two times by the clock of the device.
    record Sender(Device device, Visit visit, Instant eventTs, Instant sentTs) {}

    static byte[] write(String eventId, String eventType, Draft draft, Sender sender, Dice dice) {
        Device device = sender.device();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event_id", eventId)
                .put("event_type", eventType)
                .put("schema_version", "1-0-0")
                .put("event_ts", Timestamps.format(sender.eventTs()))
                .put("sent_ts", Timestamps.format(sender.sentTs()))
                .put("anonymous_id", device.anonymousId)
                .put("session_id", sender.visit().sessionId);
        if (device.userId != null) {
            json.put("user_id", device.userId);
        }
        context(json.putObject("context"), draft, sender, dice);
        json.set("properties", draft.properties());
        return MAPPER.writeValueAsBytes(json);
    }

    private static void context(ObjectNode json, Draft draft, Sender sender, Dice dice) {
        Device device = sender.device();
        DeviceTraits traits = device.traits;
        Campaign campaign = draft.landing() ? sender.visit().campaign : null;
        page(json.putObject("page"), draft, campaign);
        boolean app = device.sdk == Device.Sdk.APP;
        json.putObject("app")
                .put("name", app ? "tarn-shop-app" : "tarn-shop-web")
                .put("version", app ? "7.21.0" : "2026.11.3");
        json.putObject("library")
                .put("name", device.sdk == Device.Sdk.RELAY ? "sluice-java" : "sluice-js")
                .put("version", "1.4.2");
        json.put("locale", traits.locale()).put("timezone", traits.timezone());
        json.putObject("screen").put("width", traits.width()).put("height", traits.height());
        if (campaign != null) {
            json.putObject("campaign")
                    .put("source", campaign.source())
                    .put("medium", campaign.medium())
                    .put("name", campaign.name())
                    .put("content", campaign.content());
        }
        json.put("ip", traits.ip()).put("user_agent", traits.userAgent());
        ContextExtras.write(json, device, dice);
    }

    private static void page(ObjectNode json, Draft draft, @Nullable Campaign campaign) {
        String query = campaign == null ? "" : campaign.query();
        json.put("url", draft.page().url() + query)
                .put("path", draft.page().pathOnly())
                .put("title", draft.page().title());
        if (campaign != null) {
            json.put("referrer", "https://" + campaign.source() + ".example.com/");
        } else if (!draft.landing()) {
            json.put("referrer", Page.SITE + "/");
        }
    }
}
