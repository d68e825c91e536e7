package dev.sluice.runtime.publish;

import dev.sluice.runtime.failure.TransientFailure;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.ArrayList;
import java.util.List;

/// Encodes frames and puts their records, as few calls as the limits allow. Thread-safe.
final class PutSender<E> {

    private final StreamClient client;
    private final StreamName stream;
    private final RecordEncoder<E> encoder;
    private final PublisherConfig config;
    private final PutMetrics metrics;

    PutSender(
            StreamClient client,
            StreamName stream,
            RecordEncoder<E> encoder,
            PublisherConfig config,
            MeterRegistry registry) {
        this.client = client;
        this.stream = stream;
        this.encoder = encoder;
        this.config = config;
        metrics = new PutMetrics(registry, stream);
    }

    /// @return one outcome for each frame, in order; never throws
    List<Outcome> send(List<Frame<E>> frames) {
        List<Outcome> outcomes = new ArrayList<>(frames.size());
        List<OutgoingRecord> call = new ArrayList<>();
        long bytes = 0;
        List<Integer> places = new ArrayList<>();
        for (Frame<E> frame : frames) {
            frame.encode(encoder);
            outcomes.add(new Outcome.Empty());
            if (!frame.hasRecord()) {
                continue;
            }
            byte[] data = frame.record();
            if (!call.isEmpty() && bytes + data.length > config.maxBytesPerPut()) {
                put(call, places, outcomes);
                call.clear();
                places.clear();
                bytes = 0;
            }
            call.add(new OutgoingRecord(frame.lane().shard().range().first(), data));
            places.add(outcomes.size() - 1);
            bytes += data.length;
        }
        if (!call.isEmpty()) {
            put(call, places, outcomes);
        }
        return outcomes;
    }

    private void put(List<OutgoingRecord> call, List<Integer> places, List<Outcome> outcomes) {
        List<Outcome> answers = put(List.copyOf(call));
        for (int i = 0; i < places.size(); i++) {
            outcomes.set(places.get(i), answers.get(i));
        }
        metrics.put(call, answers);
    }

    private List<Outcome> put(List<OutgoingRecord> call) {
        long start = System.nanoTime();
        try {
            List<PutResult> results = client.put(stream, call);
            if (results.size() != call.size()) {
                return same(call, new Outcome.Failed("answer of another length"));
            }
            return results.stream().map(PutSender::outcome).toList();
        } catch (TransientFailure e) {
            return same(call, new Outcome.Failed(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return same(call, new Outcome.Broken(e));
        } finally {
            metrics.took(System.nanoTime() - start);
        }
    }

    private static Outcome outcome(PutResult result) {
        return switch (result) {
            case PutResult.Stored stored -> new Outcome.Stored(stored.shard());
            case PutResult.Failed failed -> new Outcome.Failed(failed.code());
        };
    }

    private static List<Outcome> same(List<OutgoingRecord> call, Outcome outcome) {
        return call.stream().map(record -> outcome).toList();
    }
}
