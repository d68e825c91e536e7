package dev.sluice.collector.process.protocol.cloudevents;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;

class CloudEventsCapturesTest {

    @Test
    void mapsWhatARealSdkSent() {
        Captures.check("cloudevents", new CloudEvents(new ForeignReader(BodyLimits.DEFAULT)));
    }
}
