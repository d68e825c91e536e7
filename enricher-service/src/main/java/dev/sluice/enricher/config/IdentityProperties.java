package dev.sluice.enricher.config;

import dev.sluice.contracts.subject.SubjectSecret;
import dev.sluice.enricher.process.identity.IdentityCache;
import dev.sluice.enricher.process.identity.IdentityLimits;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/// How persons are told.
///
/// @param table of DynamoDB, where ids and their links are kept
/// @param create whether a missing table is created at the start
/// @param subjectSecret under which ids become ids of persons
/// @param cacheSize ids whose links are kept in memory
/// @param keepLinks how long they are
/// @param keepNone how long it is kept that an id has none
/// @param timeLimit of all reads and writes for one slice
/// @param mostPersons that an id may have belonged to before it counts as shared
/// @param mostIds that one person takes
@Validated
@ConfigurationProperties("sluice.enricher.identity")
record IdentityProperties(
        @NotBlank @DefaultValue("sluice-identities") String table,
        @DefaultValue("false") boolean create,
        @NotNull @DefaultValue("") SubjectSecret subjectSecret,
        @Min(1) @DefaultValue("100000") int cacheSize,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("10m") Duration keepLinks,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("60s") Duration keepNone,
        @NotNull @DurationMin(millis = 10) @DefaultValue("2s") Duration timeLimit,
        @Min(1) @DefaultValue("3") int mostPersons,
        @Min(1) @DefaultValue("100") int mostIds) {

    IdentityLimits limits() {
        return new IdentityLimits(mostPersons, mostIds, timeLimit);
    }

    IdentityCache cache() {
        return new IdentityCache(cacheSize, keepLinks, keepNone, System::nanoTime);
    }
}
