package dev.sluice.fleet;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One of the applications, started inside this process.
///
/// @param name for people and for `endpoints.json`
/// @param settings what differs from the service's own `application.yml`
record Service(String name, Class<?> application, Map<String, String> settings) {

    /// Starts the application and waits until it serves.
    Running start() {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(application)
                        .main(application)
                        .bannerMode(Banner.Mode.OFF)
                        .registerShutdownHook(false)
                        .run(arguments().toArray(String[]::new));
        WebServer server = ((WebServerApplicationContext) context).getWebServer();
        return new Running(name, context, Objects.requireNonNull(server).getPort());
    }

    /// What the application's `main` is called with.
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.add("--spring.config.location=" + ownSettings());
        return arguments;
    }

    /// The service's own `application.yml`: every service has one at the root of its jar, and here
    /// all jars share one class path.
    private URL ownSettings() {
        String home = application.getProtectionDomain().getCodeSource().getLocation().getPath();
        try {
            return Collections.list(application.getClassLoader().getResources("application.yml"))
                    .stream()
                    .filter(url -> url.getPath().contains(home))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name + " has no application.yml"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the settings of " + name, e);
        }
    }

    /// A started application.
    record Running(String name, ConfigurableApplicationContext context, int port) {

        String url() {
            return "http://127.0.0.1:" + port;
        }

        /// Stops it gracefully: its own order of shutdown applies.
        void stop() {
            context.close();
        }
    }
}
