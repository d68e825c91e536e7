package dev.sluice.validator.config;

import dev.sluice.runtime.config.ReferenceConfigurationKit;

class ReferenceConfigurationTest extends ReferenceConfigurationKit {}
