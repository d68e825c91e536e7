package dev.sluice.runtime.config;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.FixedFiles;
import dev.sluice.runtime.reference.FolderFiles;
import dev.sluice.runtime.reference.ReferenceFiles;
import dev.sluice.runtime.reference.ReferenceTiming;
import dev.sluice.runtime.reference.StoredFiles;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Where files of reference data come from; a part of a service's own properties.
///
/// @param source where to look
/// @param folder for {@link Source#FOLDER}
/// @param prefix of the keys in the bucket, for {@link Source#BUCKET}
/// @param refresh how often newer files are looked for
/// @param patience how long a start waits for the first good set
public record ReferenceProperties(
        @NotNull @DefaultValue("bundled") Source source,
        @Nullable Path folder,
        @NotBlank @DefaultValue("contracts/") String prefix,
        @NotNull @DurationMin(millis = 100) @DefaultValue("10s") Duration refresh,
        @NotNull @DurationMin @DefaultValue("60s") Duration patience) {

    private static final Duration RETRY = Duration.ofSeconds(2);

    /// Where files can be.
    public enum Source {
        /// In the service itself.
        BUNDLED,
        /// In the bucket of `sluice.objects.bucket`.
        BUCKET,
        /// In a folder of this machine.
        FOLDER
    }

    @AssertTrue(message = "the source folder needs a folder, and the others have none")
    boolean isFolderNamed() {
        return (source == Source.FOLDER) == (folder != null);
    }

    /// @param bundled the service's own
    /// @param suffix of the files that count in a folder
    public ReferenceFiles files(Map<String, byte[]> bundled, ObjectStore objects, String suffix) {
        if (folder != null) {
            return new FolderFiles(folder, suffix);
        }
        return source == Source.BUCKET
                ? new StoredFiles(objects, prefix)
                : new FixedFiles("the service", bundled);
    }

    public ReferenceTiming timing() {
        return new ReferenceTiming(refresh, patience, RETRY);
    }
}
