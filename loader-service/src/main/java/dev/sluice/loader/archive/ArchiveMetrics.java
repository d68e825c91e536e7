package dev.sluice.loader.archive;

import io.micrometer.core.instrument.MeterRegistry;

import java.util.List;

/// The meters of the archive: `sluice.archive.frames{outcome}`, where received is indexed
/// and unreadable (archived, but nobody can tell whose events they hold), `sluice.archive.events`,
/// `sluice.archive.bytes`, `sluice.archive.objects` and `sluice.archive.sidecar.bytes`. What is
/// archived again after a crash counts again.
public final class ArchiveMetrics {

    private static final String FRAMES = "sluice.archive.frames";

    private final MeterRegistry registry;

    public ArchiveMetrics(MeterRegistry registry) {
        this.registry = registry;
        count(List.of());
        count("sluice.archive.events", 0);
        count("sluice.archive.bytes", 0);
        count("sluice.archive.objects", 0);
        count("sluice.archive.sidecar.bytes", 0);
    }

    /// An object is stored.
    void stored(ArchiveSidecar sidecar, long bytes, long sidecarBytes) {
        count(sidecar.frames());
        count("sluice.archive.events", sidecar.events());
        count("sluice.archive.bytes", bytes);
        count("sluice.archive.objects", 1);
        count("sluice.archive.sidecar.bytes", sidecarBytes);
    }

    private void count(List<FrameNote> frames) {
        long indexed = frames.stream().filter(FrameNote::readable).count();
        outcome("received", frames.size());
        outcome("indexed", indexed);
        outcome("unreadable", frames.size() - indexed);
    }

    private void outcome(String outcome, long frames) {
        registry.counter(FRAMES, "outcome", outcome).increment(frames);
    }

    private void count(String name, long amount) {
        registry.counter(name).increment(amount);
    }
}
