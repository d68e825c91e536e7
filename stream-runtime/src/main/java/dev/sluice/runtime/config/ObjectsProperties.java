package dev.sluice.runtime.config;

import jakarta.validation.constraints.NotBlank;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.nio.file.Path;

/// Where objects go.
///
/// @param bucket of S3
/// @param spoolDirectory where objects of more than 8 MiB wait for publication; the system's
///     temporary directory if none is named
@Validated
@ConfigurationProperties("sluice.objects")
record ObjectsProperties(@NotBlank String bucket, @Nullable Path spoolDirectory) {

    Path spool() {
        return spoolDirectory == null
                ? Path.of(System.getProperty("java.io.tmpdir"))
                : spoolDirectory;
    }
}
