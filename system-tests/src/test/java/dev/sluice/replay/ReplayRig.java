package dev.sluice.replay;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.EventId;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.SourceId;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.FrameEncoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.pii.PseudonymKey;
import dev.sluice.contracts.pii.PseudonymSecret;
import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.contracts.schema.ContractCatalog;
import dev.sluice.contracts.schema.UnknownTypes;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.contracts.subject.SuppressionCheck;
import dev.sluice.contracts.subject.SuppressionList;
import dev.sluice.contracts.table.EventsTable;
import dev.sluice.enricher.EnrichSteps;
import dev.sluice.enricher.process.Consequences;
import dev.sluice.enricher.process.EnrichmentLayout;
import dev.sluice.enricher.process.EventEnricher;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.domain.DomainRules;
import dev.sluice.enricher.process.domain.KnownFields;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.session.OpenSessions;
import dev.sluice.enricher.process.session.SessionEnrichment;
import dev.sluice.enricher.process.session.SessionRules;
import dev.sluice.loader.archive.ArchiveMetrics;
import dev.sluice.loader.archive.ArchiveReader;
import dev.sluice.loader.archive.ArchiveShards;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.loader.queue.MemoryLoadQueue;
import dev.sluice.loader.window.WindowAge;
import dev.sluice.runtime.memory.Effect;
import dev.sluice.runtime.memory.EffectLog;
import dev.sluice.runtime.memory.MemoryObjectStore;
import dev.sluice.runtime.stream.AckToken;
import dev.sluice.runtime.stream.HashRange;
import dev.sluice.runtime.stream.RecordBatch;
import dev.sluice.runtime.stream.SequenceNumber;
import dev.sluice.runtime.stream.ShardHandler;
import dev.sluice.runtime.stream.ShardId;
import dev.sluice.runtime.stream.ShardStart;
import dev.sluice.runtime.stream.StreamName;
import dev.sluice.runtime.stream.StreamRecord;
import dev.sluice.validator.ValidateSteps;
import dev.sluice.validator.process.BatchCheck;
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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// A bucket with an archive, the services' steps, and the twins that a replay works with.
final class ReplayRig {

    static final Instant TEN = Instant.parse("2026-11-21T10:00:00Z");

    private static final ContractCatalog CATALOG = ContractCatalog.bundled();
    private static final CompiledContracts CONTRACTS = new CompiledContracts(CATALOG);
    private static final EventRules RULES = new EventRules(CATALOG);
    private static final SubjectSecret SECRET =
            SubjectSecret.of("a secret of the tests, thirty-two bytes long");
    private static final SubjectKeys SUBJECTS = new SubjectKeys(SECRET);
    private static final SessionRules SESSIONS =
            new SessionRules(
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(24),
                    Duration.ofMinutes(1),
                    Set.of("purchase"),
                    false,
                    false,
                    1000);

    final EffectLog log = new EffectLog();
    final MemoryObjectStore objects = new MemoryObjectStore("bucket", () -> TEN, log);
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    private final InstantSource clock = () -> now;
    final MemoryLoadQueue queue = new MemoryLoadQueue(clock, log, log::mustLive);
    final MemoryWorkItems items = new MemoryWorkItems(clock, log);
    PastRefusals refusals = PastRefusals.none();
    private int sequence;

    /// Archives a frame of one shard.
    void archive(String shard, Instant arrived, SectionedEvent... events) {
        archive(shard, arrived, frame(events));
    }

    void archive(String shard, Instant arrived, byte[] frame) {
        ShardHandler archive =
                new ArchiveShards(
                                objects,
                                SECRET,
                                new ArchiveMetrics(new SimpleMeterRegistry()),
                                1 << 20,
                                WindowAge.of(Duration.ofSeconds(1)),
                                clock)
                        .open(
                                new ShardStart(
                                        new StreamName(Streams.RAW),
                                        new ShardId(shard),
                                        HashRange.ALL,
                                        null,
                                        List.of()));
        StreamRecord record =
                new StreamRecord(
                        SequenceNumber.of(String.valueOf(100 + sequence++)), arrived, frame);
        RecordBatch batch =
                new RecordBatch(
                        new StreamName(Streams.RAW),
                        new ShardId(shard),
                        List.of(record),
                        Duration.ZERO,
                        AckToken.none());
        archive.handle(batch);
        archive.drain();
    }

    /// A page view of a device, received and archived at the same time.
    static SectionedEvent event(String id, String device, Instant at) {
        return event(id, device, at, "page_view");
    }

    static SectionedEvent event(String id, String device, Instant at, String type) {
        Receipt receipt =
                new Receipt(
                        new EventId(id),
                        new TenantId("shop"),
                        new SourceId("web"),
                        at,
                        "shop/" + device,
                        null,
                        null,
                        null);
        return SectionedEvent.received(
                receipt.encode(),
                Bytes.utf8(
                        "{\"event_type\":\"%s\",\"anonymous_id\":\"%s\",\"event_ts\":\"%s\",\"properties\":{\"query\":\"tent\"}}"
                                .formatted(type, device, at)));
    }

    ReplayRun run(ReplayPlan plan, int windowRows) {
        return new ReplayRun(
                plan,
                parts(),
                refusals,
                new ItemRun.Terms(Duration.ofSeconds(60), windowRows),
                Duration.ofMillis(1));
    }

    ReplayParts parts() {
        return new ReplayParts(
                objects,
                new ArchiveReader(objects),
                queue,
                new LineSteps(
                        ReplayRig::validate,
                        ReplayRig::enrich,
                        EventRows.of(CATALOG),
                        new Layouts(objects)),
                items,
                _ -> {},
                clock);
    }

    /// What was published below the prefix, by key.
    Map<String, byte[]> files(String prefix) {
        Map<String, byte[]> files = new TreeMap<>();
        for (Effect.ObjectPublished object : log.of(Effect.ObjectPublished.class)) {
            String key = object.uri().substring("s3://bucket/".length());
            if (key.startsWith(prefix)) {
                files.put(key, object.content());
            }
        }
        return files;
    }

    /// The keys in the queue.
    List<String> queued() {
        return queue.oldest(10_000).stream().map(file -> file.key()).sorted().toList();
    }

    private static ValidateSteps validate() {
        EventCheck check =
                new EventCheck(
                        768 << 10,
                        new BodyParser(),
                        new EventTypeNames(CONTRACTS::has),
                        new ContractCheck(() -> CONTRACTS, UnknownTypes.QUARANTINE),
                        new EventClock(new TimeBounds(Duration.ofHours(24), Duration.ofDays(180))));
        return new ValidateSteps(
                new BatchCheck(check),
                new SuppressionFilter(new SuppressionCheck(() -> SuppressionList.EMPTY, SUBJECTS)),
                new SeenIds(Duration.ofMinutes(60), 1 << 20, _ -> {}));
    }

    private static EnrichSteps enrich() {
        Pseudonyms pseudonyms =
                new Pseudonyms(List.of(new PseudonymKey("k1", PseudonymSecret.of("s".repeat(32)))));
        Redaction redaction =
                new Redaction(BodyRedactor.with(pseudonyms), () -> RULES, Switches.ALL_ON);
        Consequences consequences = new Consequences(redaction, domainEvents());
        OpenSessions open = new OpenSessions(SESSIONS);
        EventEnricher enricher =
                new EventEnricher(
                        List.of(),
                        Switches.ALL_ON,
                        new EnrichmentLayout(EventsTable.bundled()),
                        redaction,
                        consequences);
        return new EnrichSteps(enricher.and(new SessionEnrichment(open, SESSIONS)), open);
    }

    private static DomainEvents domainEvents() {
        try (InputStream rules = DomainEvents.class.getResourceAsStream("/domain-events.yml")) {
            return new DomainEvents(
                    DomainRules.read(
                            "domain-events.yml",
                            Objects.requireNonNull(rules).readAllBytes(),
                            new KnownFields(CATALOG, EventsTable.bundled())),
                    Switches.ALL_ON,
                    new SimpleMeterRegistry());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] frame(SectionedEvent... events) {
        List<byte[]> frames =
                new ArrayList<>(
                        new FrameEncoder(
                                        FrameLimits.DEFAULT,
                                        1 << 20,
                                        new UUID(0, 0),
                                        InstantSource.fixed(TEN))
                                .encode(List.of(events)));
        return frames.getFirst();
    }
}
