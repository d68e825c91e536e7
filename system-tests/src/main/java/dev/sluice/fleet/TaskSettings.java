package dev.sluice.fleet;

import dev.sluice.collector.CollectorApplication;
import dev.sluice.enricher.EnricherApplication;
import dev.sluice.loader.LoaderApplication;
import dev.sluice.local.LocalEndpoints;
import dev.sluice.validator.ValidatorApplication;

import java.util.Map;

/// What differs from a local fleet's settings when every task is a process.
final class TaskSettings {

    private TaskSettings() {}

    /// @param name of the task; its worker id too, so that a task that was killed takes its own
    ///     leases back
    static Map<String, String> of(String name, Class<?> application, LocalEndpoints aws, int port) {
        Map<String, String> settings;
        if (application == CollectorApplication.class) {
            settings = LocalSettings.collector(aws, port);
            // Senders take turns among the collectors, and get time to see that one is going.
            settings.put("sluice.collector.shutdown.drain", "2s");
        } else if (application == LoaderApplication.class) {
            settings = LocalSettings.loader(aws);
        } else if (application == ValidatorApplication.class) {
            settings = LocalSettings.validator(aws);
        } else if (application == EnricherApplication.class) {
            settings = LocalSettings.enricher(aws);
        } else {
            settings = LocalSettings.enricher(aws);
        }
        settings.put("server.port", String.valueOf(port));
        settings.put("sluice.kcl.worker", name);
        settings.put("sluice.kcl.failover-time", "5s");
        // Somebody else is there to load what waits.
        settings.put("sluice.loader.warehouse.stop.load", "false");
        settings.put("sluice.loader.books.copy-interval", "2s");
        settings.put("spring.main.banner-mode", "off");
        settings.put("spring.jmx.enabled", "false");
        settings.put("logging.level.root", "WARN");
        settings.put("logging.level.dev.sluice", "INFO");
        return settings;
    }
}
