package dev.sluice.collector.config;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import java.util.List;

/// Who may send.
@Validated
@ConfigurationProperties("sluice.collector")
record ProducersProperties(@NotNull @Valid List<Producer> producers) {

    /// @param keySha256 of the write key's UTF-8 bytes, in lower-case hex
    record Producer(
            @Pattern(regexp = "[0-9a-f]{64}") String keySha256,
            @NotEmpty @Size(max = 64) String tenantId,
            @NotEmpty @Size(max = 64) String sourceId) {

        /// Without the hash: whoever reads a log need not be able to test guesses.
        @Override
        public String toString() {
            return "Producer[" + tenantId + "/" + sourceId + "]";
        }
    }
}
