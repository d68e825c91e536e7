package dev.sluice.collector.process.protocol.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;

class CloudEventsCapturesTest {

    @Test
    void mapsWhatARealSdkSent() {
        CloudEvents cloudEvents = new CloudEvents(new ForeignReader(BodyLimits.DEFAULT));

        assertThat(Captures.mapped("cloudevents", cloudEvents))
                .isEqualTo(Captures.expected("cloudevents"));
    }
}
