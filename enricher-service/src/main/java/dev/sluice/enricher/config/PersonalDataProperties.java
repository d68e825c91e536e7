package dev.sluice.enricher.config;

import dev.sluice.contracts.pii.PseudonymKey;
import dev.sluice.contracts.pii.PseudonymSecret;
import dev.sluice.contracts.pii.Pseudonyms;
import dev.sluice.runtime.config.ReferenceProperties;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.util.List;

/// What is personal, and what stands in its place.
///
/// @param contracts where those come from that say which fields are personal
/// @param keyId stands in every new pseudonym
/// @param secret of the key that makes them
@Validated
@ConfigurationProperties("sluice.enricher.pii")
record PersonalDataProperties(
        @NotNull @Valid @DefaultValue ReferenceProperties contracts,
        @NotNull @Pattern(regexp = "[a-z0-9]{1,8}") @DefaultValue("k1") String keyId,
        @NotNull @DefaultValue("") PseudonymSecret secret) {

    /// @throws IllegalArgumentException if there is no secret, or one that is too short
    Pseudonyms pseudonyms() {
        return new Pseudonyms(List.of(new PseudonymKey(keyId, secret)));
    }
}
