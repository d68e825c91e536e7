package dev.sluice.loader.config;

import dev.sluice.runtime.config.ReferenceConfigurationKit;

class ReferenceConfigurationTest extends ReferenceConfigurationKit {}
