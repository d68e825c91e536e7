package dev.sluice.enricher.config;

import dev.sluice.enricher.ingress.geo.FolderGeoFiles;
import dev.sluice.enricher.ingress.geo.GeoFiles;
import dev.sluice.enricher.ingress.geo.StoredGeoFiles;
import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.ReferenceTiming;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;
import java.time.Duration;

/// Where databases of places come from.
///
/// @param source where to look
/// @param folder for {@link Source#FOLDER}
/// @param prefix of the keys in the bucket, for {@link Source#BUCKET}
/// @param refresh how often newer files are looked for
/// @param spool where copies are made before they are mapped; the system's temporary directory when
///     null
/// @param cacheSize addresses whose place is kept
@Validated
@ConfigurationProperties("sluice.enricher.geo")
record GeoProperties(
        @NotNull @DefaultValue("off") Source source,
        @Nullable Path folder,
        @NotBlank @DefaultValue("geo/") String prefix,
        @NotNull @DurationMin(millis = 100) @DefaultValue("60s") Duration refresh,
        @Nullable Path spool,
        @Min(1) @DefaultValue("100000") int cacheSize) {

    /// Where databases can be.
    enum Source {
        /// Nowhere.
        OFF,
        /// In the bucket of `sluice.objects.bucket`.
        BUCKET,
        /// In a folder of this machine.
        FOLDER
    }

    @AssertTrue(message = "the source folder needs a folder, and the others have none")
    boolean isFolderNamed() {
        return (source == Source.FOLDER) == (folder != null);
    }

    GeoFiles files(ObjectStore objects) {
        return switch (source) {
            case OFF -> GeoFiles.none();
            case BUCKET -> new StoredGeoFiles(objects, prefix);
            case FOLDER -> new FolderGeoFiles(required(folder));
        };
    }

    Path spoolFolder() {
        return spool == null ? Path.of(System.getProperty("java.io.tmpdir")) : spool;
    }

    /// A start does not wait: there is always something good to begin with, if only nothing.
    ReferenceTiming timing() {
        return new ReferenceTiming(refresh, Duration.ZERO, refresh);
    }

    private static Path required(@Nullable Path folder) {
        if (folder == null) {
            throw new IllegalStateException("validated, but without a folder");
        }
        return folder;
    }
}
