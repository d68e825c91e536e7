package dev.sluice.loader.config;

import dev.sluice.loader.sink.SinkRule;
import dev.sluice.loader.sink.SinkRules;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;
import java.util.Set;

/// How much a sink gets of some events.
///
/// @param tenants whose; everybody's when empty
/// @param types of which types; of all when empty
/// @param sample the share of them
record SinkRuleProperties(
        @DefaultValue Set<String> tenants,
        @DefaultValue Set<String> types,
        @DecimalMin("0") @DecimalMax("1") @DefaultValue("1") double sample) {

    static SinkRules toRules(List<SinkRuleProperties> rules) {
        return new SinkRules(
                rules.stream()
                        .map(rule -> new SinkRule(rule.tenants(), rule.types(), rule.sample()))
                        .toList());
    }
}
