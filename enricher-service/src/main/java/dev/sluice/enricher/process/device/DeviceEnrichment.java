package dev.sluice.enricher.process.device;

import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.EnrichmentFields;
import dev.sluice.enricher.process.EventView;

/// `device_class`, `device_os`, `device_os_version`, `device_browser`, `device_browser_version` and
/// `is_bot`, from the user agent and, where there are any, client hints.
public final class DeviceEnrichment implements Enrichment {

    private final DeviceLookup devices;

    public DeviceEnrichment(DeviceLookup devices) {
        this.devices = devices;
    }

    @Override
    public String name() {
        return "device";
    }

    @Override
    public Applied apply(EventView event, EnrichmentFields fields) {
        String userAgent = event.facts().userAgent();
        Device named =
                userAgent == null || userAgent.isBlank() ? Device.UNKNOWN : devices.find(userAgent);
        Device device = ClientHints.of(event).correct(named);
        fields.text("device_class", device.deviceClass());
        fields.text("device_os", device.os());
        fields.text("device_os_version", device.osVersion());
        fields.text("device_browser", device.browser());
        fields.text("device_browser_version", device.browserVersion());
        fields.flag("is_bot", device.bot());
        return Applied.APPLIED;
    }
}
