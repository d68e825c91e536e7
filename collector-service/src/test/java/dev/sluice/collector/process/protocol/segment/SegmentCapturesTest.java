package dev.sluice.collector.process.protocol.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.collector.process.body.BodyLimits;
import dev.sluice.collector.process.body.ForeignReader;
import dev.sluice.collector.process.protocol.Captures;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentCapturesTest {

    private final SegmentApi api = new SegmentApi(new ForeignReader(BodyLimits.DEFAULT));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment-node",
                "segment-node-legacy",
                "segment-browser",
                "rudder-node",
                "rudder-node-nogzip"
            })
    void mapsWhatRealSdksSent(String capture) {
        assertThat(Captures.mapped(capture, api)).isEqualTo(Captures.expected(capture));
    }
}
