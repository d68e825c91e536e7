package dev.sluice.runtime.config;

import dev.sluice.runtime.objects.ObjectStore;
import dev.sluice.runtime.reference.FixedFiles;
import dev.sluice.runtime.reference.FolderFiles;
import dev.sluice.runtime.reference.Reference;
import dev.sluice.runtime.reference.ReferenceFiles;
import dev.sluice.runtime.reference.ReferenceTiming;
import dev.sluice.runtime.reference.StoredFiles;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;

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

    /// Loads the files, and again whenever they change.
    ///
    /// @param name for people and meters
    /// @param bundled the service's own
    /// @param reader makes something of the files, given their place and them by name
    /// @throws dev.sluice.runtime.failure.SetupFailure if there is no good set within the patience
    public <T> Reference<T> load(
            String name,
            Map<String, byte[]> bundled,
            ObjectStore objects,
            BiFunction<String, Map<String, byte[]>, T> reader,
            MeterRegistry meters) {
        ReferenceFiles files = files(bundled, objects);
        return Reference.load(
                name,
                files,
                content -> reader.apply(files.place(), content),
                new ReferenceTiming(refresh, patience, RETRY),
                InstantSource.system(),
                meters);
    }

    private ReferenceFiles files(Map<String, byte[]> bundled, ObjectStore objects) {
        if (folder != null) {
            return new FolderFiles(folder, ".json");
        }
        return source == Source.BUCKET
                ? new StoredFiles(objects, prefix)
                : new FixedFiles("the service", bundled);
    }
}
