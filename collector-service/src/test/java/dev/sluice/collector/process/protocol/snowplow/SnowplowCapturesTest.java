package dev.sluice.collector.process.protocol.snowplow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnowplowCapturesTest {

    private final SnowplowTracker tracker =
            new SnowplowTracker(new ForeignReader(BodyLimits.DEFAULT));

    @ParameterizedTest
    @ValueSource(strings = {"snowplow-node", "snowplow-node-get"})
    void mapsWhatRealSdksSent(String capture) {
        assertThat(Captures.mapped(capture, tracker)).isEqualTo(Captures.expected(capture));
    }
}
