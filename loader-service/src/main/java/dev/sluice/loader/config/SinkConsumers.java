package dev.sluice.loader.config;

import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.sink.DeadLetters;
import dev.sluice.loader.sink.Sink;
import dev.sluice.loader.sink.SinkMetrics;
import dev.sluice.loader.sink.SinkPipeline;
import dev.sluice.loader.sink.SinkSteps;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.config.KclConsumers;
import dev.sluice.runtime.health.HealthSource;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.InstantSource;
import java.util.List;

/// Makes the consumer of a sink, from what all sinks share.
record SinkConsumers(
        KclConsumers consumers,
        Reference<EventRows> rows,
        Reference<SuppressionList> suppressions,
        QuarantineProperties quarantine,
        ObjectStore objects,
        MeterRegistry meters) {

    /// @param application names the fleet and its lease table
    HealthSource create(
            Sink sink,
            String application,
            String stream,
            SinkWindowProperties window,
            List<SinkRuleProperties> rules) {
        SinkSteps steps =
                new SinkSteps(
                        new FrameDecoder(FrameLimits.DEFAULT),
                        rows,
                        SinkRuleProperties.toRules(rules),
                        sink,
                        new DeadLetters(objects, sink.name()),
                        new SinkMetrics(meters, sink.name()));
        return consumers.createOptional(
                application,
                new StreamName(stream),
                _ ->
                        new WindowedHandler(
                                new SinkPipeline(
                                        steps,
                                        window.limits(),
                                        new SuppressionCheck(
                                                suppressions,
                                                new SubjectKeys(quarantine.subjectSecret()))),
                                window.toAge(),
                                InstantSource.system()));
    }
}
