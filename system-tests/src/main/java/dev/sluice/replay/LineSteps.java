package dev.sluice.replay;

import dev.sluice.enricher.EnrichSteps;
import dev.sluice.loader.layout.EventRows;
import dev.sluice.loader.layout.Layouts;
import dev.sluice.validator.ValidateSteps;

/// The steps of the services, as their settings want them.
///
/// @param validate makes the validator's
/// @param enrich makes the enricher's
/// @param rows are the loader's, under the contracts of one moment
/// @param layouts that files are named by
public record LineSteps(
        ValidateSteps.Source validate,
        EnrichSteps.Source enrich,
        EventRows rows,
        Layouts layouts) {}
