package dev.sluice.local;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;

/// Runs a test that prints the data folder of its [LocalAws] and ends the JVM when standard input
/// ends, so that JUnit closes nothing.
final class TestRunThatEndsItsJvm {
    static final String FOLDER = "folder=";

    private TestRunThatEndsItsJvm() {}

    public static void main(String[] arguments) {
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(EndsItsJvm.class))
                                .build());
    }

    @WithLocalAws
    static final class EndsItsJvm {
        @Test
        void endsTheJvm(LocalAws aws) throws IOException {
            System.out.println(FOLDER + aws.s3().directory().resolve("../..").normalize());
            while (System.in.read() >= 0) {}
            System.exit(0);
        }
    }
}
