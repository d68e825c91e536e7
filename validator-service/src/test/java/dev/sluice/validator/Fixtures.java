package dev.sluice.validator;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.rejection.Rejection;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.PolicyFile;
import dev.sluice.contracts.schema.TenantFolder;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.runtime.books.BooksStore;
import dev.sluice.runtime.books.BooksWriter;
import dev.sluice.runtime.books.ShardBooks;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.validator.process.EventCheck;
import dev.sluice.validator.process.body.BodyParser;
import dev.sluice.validator.process.contract.CompiledContracts;
import dev.sluice.validator.process.contract.ContractCheck;
import dev.sluice.validator.process.duplicate.SeenIds;
import dev.sluice.validator.process.suppression.SuppressionFilter;
import dev.sluice.validator.process.time.EventClock;
import dev.sluice.validator.process.time.TimeBounds;
import dev.sluice.validator.process.type.EventTypeNames;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/// Events, frames and a check as the service has it.
public final class Fixtures {

    /// When every event of these tests was received.
    public static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    public static final TenantId SHOP = new TenantId("shop");
    public static final TenantId LENIENT = new TenantId("lenient");
    public static final CompiledContracts CONTRACTS =
            new CompiledContracts(ContractCatalog.of("here", files()));
    public static final int MAX_EVENT_BYTES = 768 << 10;

    private Fixtures() {}

    /// The bundled contracts, and the policy of a tenant that accepts what has none.
    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new HashMap<>(ContractCatalog.bundledFiles());
        files.put(new TenantFolder(LENIENT).policy(), PolicyFile.of(UnknownTypes.ACCEPT));
        return files;
    }

    public static EventCheck eventCheck() {
        return new EventCheck(
                MAX_EVENT_BYTES,
                new BodyParser(),
                new EventTypeNames(CONTRACTS::has),
                new ContractCheck(() -> CONTRACTS, UnknownTypes.QUARANTINE),
                new EventClock(new TimeBounds(Duration.ofHours(24), Duration.ofDays(180))));
    }

    public static Receipt receipt(TenantId tenant, String eventId) {
        return refused(tenant, eventId, null);
    }

    public static Receipt refused(TenantId tenant, String eventId, @Nullable Rejection refusal) {
        return new Receipt(
                new EventId(eventId),
                tenant,
                new SourceId("web"),
                NOW,
                tenant + "/device-" + eventId,
                "198.51.100.7",
                "Mozilla/5.0",
                refusal);
    }

    public static SectionedEvent received(Receipt receipt, byte[] body) {
        return SectionedEvent.received(receipt.encode(), Bytes.of(body));
    }

    public static SectionedEvent received(String eventId, String body) {
        return SectionedEvent.received(receipt(SHOP, eventId).encode(), Bytes.utf8(body));
    }

    /// A page view that keeps its contract.
    public static SectionedEvent good(String eventId) {
        return received(
                eventId,
                """
                {"event_type":"page_view","event_ts":"2026-11-21T09:59:58Z","anonymous_id":"a-%s"}"""
                        .formatted(eventId));
    }

    /// What the list of those who were erased is written with.
    public static SubjectKeys subjectKeys() {
        return new SubjectKeys(SubjectSecret.of("a secret of the tests, thirty-two bytes long"));
    }

    /// Drops what the list says.
    static SuppressionFilter suppression(Supplier<SuppressionList> list) {
        return new SuppressionFilter(new SuppressionCheck(list, subjectKeys()));
    }

    /// Of a shard that nobody else knows.
    static ShardMemory memory(BooksStore books) {
        return new ShardMemory(
                new SeenIds(Duration.ofMinutes(60), 1 << 30, _ -> {}),
                new ShardBooks(
                        new ShardId("shard"),
                        new BooksWriter("validator", books, new SimpleMeterRegistry())));
    }

    public static byte[] frame(SectionedEvent... events) {
        return frame(FrameLimits.DEFAULT, List.of(events));
    }

    public static byte[] frame(FrameLimits limits, List<SectionedEvent> events) {
        List<byte[]> frames =
                new FrameEncoder(limits, 1 << 20, new UUID(0, 0), InstantSource.fixed(NOW))
                        .encode(events);
        if (frames.size() != 1) {
            throw new IllegalArgumentException("the events do not fit one frame");
        }
        return frames.getFirst();
    }
}
