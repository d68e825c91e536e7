package dev.sluice.enricher.config;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.stream.Streams;
import dev.sluice.enricher.process.Enrichment;
import dev.sluice.enricher.process.Switches;
import dev.sluice.enricher.process.domain.DomainEvents;
import dev.sluice.enricher.process.pii.Redaction;
import dev.sluice.enricher.process.session.SessionEnrichment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the enricher reads, adds and writes.
///
/// @param application names the fleet of enrichers and its lease table
/// @param validStream is read
/// @param enrichedStream gets the events with what was added
/// @param quarantineStream gets what is refused
/// @param derivedStream gets sessions, links between ids and domain events
/// @param sliceSize how much of a batch is decompressed at a time
/// @param frameSize compressed size at which a frame is closed
/// @param lateAfter an event that happened longer before its receipt is marked late
/// @param originMarks ranges of keys of validator shards that a shard remembers, to know what
///     comes again
/// @param off enrichments that are switched off for all tenants
/// @param offByTenant enrichments that are switched off for one, besides those
/// @param device how user agents are read
@Validated
@ConfigurationProperties("sluice.enricher")
record EnricherProperties(
        @NotBlank @DefaultValue("sluice-enricher") String application,
        @NotBlank @DefaultValue(Streams.VALID) String validStream,
        @NotBlank @DefaultValue(Streams.ENRICHED) String enrichedStream,
        @NotBlank @DefaultValue(Streams.QUARANTINE) String quarantineStream,
        @NotBlank @DefaultValue(Streams.DERIVED) String derivedStream,
        @NotNull @DefaultValue("32MB") DataSize sliceSize,
        @NotNull @DefaultValue("64KB") DataSize frameSize,
        @NotNull @DefaultValue("1h") Duration lateAfter,
        @Min(1) @DefaultValue("8192") int originMarks,
        @NotNull @DefaultValue Set<String> off,
        @NotNull @DefaultValue Map<String, Set<String>> offByTenant,
        @NotNull @Valid @DefaultValue Device device) {

    @AssertTrue(message = "slice-size and frame-size must be positive, late-after not negative")
    boolean isInRange() {
        return sliceSize.toBytes() > 0 && frameSize.toBytes() > 0 && !lateAfter.isNegative();
    }

    /// @throws IllegalArgumentException that names what is off and no enrichment
    Switches switches(List<Enrichment> enrichments) {
        Set<String> known = enrichments.stream().map(Enrichment::name).collect(Collectors.toSet());
        known.addAll(
                Set.of(
                        SessionEnrichment.NAME,
                        DomainEvents.SWITCH,
                        Redaction.NAME,
                        Redaction.IP_TRUNCATION));
        return new Switches(
                        off,
                        offByTenant.entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                entry -> new TenantId(entry.getKey()),
                                                Map.Entry::getValue)))
                .requireKnown(known);
    }

    /// @param cacheSize user agents whose device is kept
    /// @param parsesPerSecond of user agents that are not kept
    /// @param parseBurst how many of them at once after a quiet time
    record Device(
            @Min(1) @DefaultValue("20000") int cacheSize,
            @Min(1) @DefaultValue("300") int parsesPerSecond,
            @Min(1) @DefaultValue("2000") int parseBurst) {}
}
