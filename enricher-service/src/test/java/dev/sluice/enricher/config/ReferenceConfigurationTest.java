package dev.sluice.enricher.config;

import dev.sluice.runtime.config.ReferenceConfigurationKit;

class ReferenceConfigurationTest extends ReferenceConfigurationKit {}
