package dev.sluice.collector.process.protocol.clickstream;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;

class ClickstreamWebCapturesTest {

    @Test
    void mapsWhatARealSdkSent() {
        Captures.check(
                "clickstream-browser", new ClickstreamWeb(new ForeignReader(BodyLimits.DEFAULT)));
    }
}
