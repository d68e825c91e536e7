package dev.sluice.loader.archive;

import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.loader.window.WindowedHandler;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardHandlerFactory;
import dev.sluice.runtime.stream.ShardStart;

import java.time.InstantSource;

/// Archives shards: windows of frames, and the end of each shard.
///
/// @param secret of the keys in sidecars, the same as that of the suppression list
/// @param maxBytes of frames in one object
/// @param age after which frames are written though there are few
public record ArchiveShards(
        ObjectStore objects,
        SubjectSecret secret,
        ArchiveMetrics metrics,
        long maxBytes,
        WindowAge age,
        InstantSource clock)
        implements ShardHandlerFactory {

    /// @throws IllegalArgumentException if the secret is too short
    public ArchiveShards {
        SubjectKeys _ = new SubjectKeys(secret);
    }

    @Override
    public ShardHandler open(ShardStart start) {
        ArchivePipeline pipeline =
                new ArchivePipeline(
                        start, objects, new FrameScan(new SubjectKeys(secret)), metrics, maxBytes);
        return new Shard(new WindowedHandler(pipeline, age, clock), pipeline, clock);
    }

    private record Shard(WindowedHandler windows, ArchivePipeline pipeline, InstantSource clock)
            implements ShardHandler {

        @Override
        public AckToken handle(RecordBatch batch) {
            return windows.handle(batch);
        }

        @Override
        public AckToken drain() {
            return windows.drain();
        }

        @Override
        public void beforeShardEnd() {
            pipeline.end(clock.instant());
        }

        @Override
        public void abandon() {
            windows.abandon();
        }
    }
}
