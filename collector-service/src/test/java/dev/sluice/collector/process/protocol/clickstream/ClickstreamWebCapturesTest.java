package dev.sluice.collector.process.protocol.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.api.Test;

class ClickstreamWebCapturesTest {

    @Test
    void mapsWhatARealSdkSent() {
        ClickstreamWeb web = new ClickstreamWeb(new ForeignReader(BodyLimits.DEFAULT));

        assertThat(Captures.mapped("clickstream-browser", web))
                .isEqualTo(Captures.expected("clickstream-browser"));
    }
}
