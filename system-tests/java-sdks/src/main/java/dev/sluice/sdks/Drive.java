package dev.sluice.sdks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Sends events with a real SDK and prints a line of JSON for each event the SDK took.
///
/// `java -cp CLASSPATH dev.sluice.sdks.Drive SDK COLLECTOR_URL WRITE_KEY COUNT SPREAD_MS`
public final class Drive {

    private Drive() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 5) {
            System.err.println("usage: Drive SDK COLLECTOR_URL WRITE_KEY COUNT SPREAD_MS");
            System.exit(2);
        }
        int count = Integer.parseInt(arguments[3]);
        long spread = Long.parseLong(arguments[4]);
        String run = arguments[0] + "-" + ProcessHandle.current().pid();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Sdk sdk = sdk(arguments[0], arguments[1], arguments[2])) {
            for (int seq = 0; seq < count; seq++) {
                SentEvent event =
                        new SentEvent(run, seq, Instant.ofEpochMilli(System.currentTimeMillis()));
                sdk.send(event);
                out.println(event.line());
                TimeUnit.MILLISECONDS.sleep(spread / count);
            }
        }
        System.exit(0); // whatever threads an SDK has left
    }

    private static Sdk sdk(String name, String url, String writeKey) {
        return switch (name) {
            case "segment-java" -> new SegmentSdk(url, writeKey);
            case "rudder-java" -> new RudderSdk(url, writeKey);
            case "snowplow-java" -> new SnowplowSdk(url, writeKey);
            case "posthog-java" -> new PosthogSdk(url, writeKey);
            default -> throw new IllegalArgumentException("no such SDK: " + name);
        };
    }
}
