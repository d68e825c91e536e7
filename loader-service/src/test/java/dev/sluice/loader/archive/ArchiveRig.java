package dev.sluice.loader.archive;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectKind;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/// What tests of the archive are made of.
public final class ArchiveRig {

    public static final SubjectSecret SECRET =
            SubjectSecret.of("a secret of subjects, of 32 bytes and more");

    private ArchiveRig() {}

    public static ArchiveShards shards(ObjectStore objects, long maxBytes, InstantSource clock) {
        return shards(objects, maxBytes, clock, new SimpleMeterRegistry());
    }

    static ArchiveShards shards(
            ObjectStore objects, long maxBytes, InstantSource clock, MeterRegistry meters) {
        return new ArchiveShards(
                objects,
                SECRET,
                new ArchiveMetrics(meters),
                maxBytes,
                WindowAge.of(Duration.ofSeconds(10)),
                clock);
    }

    static ShardStart start(@Nullable SequenceNumber checkpoint) {
        return new ShardStart(
                new StreamName("sluice-raw"),
                new ShardId("shardId-000000000000"),
                HashRange.ALL,
                checkpoint,
                List.of());
    }

    /// An event as the collector sends it on.
    public static SectionedEvent event(String tenant, String id, Instant received, String body) {
        Receipt receipt =
                new Receipt(
                        new EventId(id),
                        new TenantId(tenant),
                        new SourceId("web"),
                        received,
                        tenant + "/" + id,
                        null,
                        null,
                        null);
        return SectionedEvent.received(receipt.encode(), Bytes.utf8(body));
    }

    public static byte[] frame(SectionedEvent... events) {
        FrameEncoder encoder =
                new FrameEncoder(FrameLimits.DEFAULT, 1 << 20, new UUID(1, 2), () -> Instant.EPOCH);
        return encoder.encode(List.of(events)).getFirst();
    }

    static SubjectKey user(String tenant, String id) {
        return key(tenant, SubjectKind.USER_ID, id);
    }

    static SubjectKey device(String tenant, String id) {
        return key(tenant, SubjectKind.ANONYMOUS_ID, id);
    }

    private static SubjectKey key(String tenant, SubjectKind kind, String id) {
        return new SubjectKeys(SECRET).of(new TenantId(tenant), new SubjectId(kind, id));
    }
}
