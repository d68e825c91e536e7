package dev.sluice.enricher.process.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All rules there are.
public final class DomainRules {

    private final Map<String, List<DomainRule>> byEventType;
    private final List<DomainRule> ofSessions;
    private final KnownFields known;

    /// @param ofSessions apply to sessions that have ended
    /// @param known which fields may be copied
    DomainRules(
            Map<String, List<DomainRule>> byEventType,
            List<DomainRule> ofSessions,
            KnownFields known) {
        this.byEventType = Map.copyOf(byEventType);
        this.ofSessions = List.copyOf(ofSessions);
        this.known = known;
    }

    /// Reads rules from YAML.
    ///
    /// @param origin where they come from, for messages
    /// @throws IllegalArgumentException that names each rule and all that is wrong with it
    public static DomainRules read(String origin, byte[] yaml, KnownFields known) {
        return new RulesReader(known).read(origin, yaml);
    }

    /// Names of the rules by the event type they are for, `session` among them.
    public Map<String, List<String>> names() {
        Map<String, List<String>> names = new TreeMap<>();
        byEventType.forEach((type, rules) -> names.put(type, names(rules)));
        names.put(RulesReader.SESSION, names(ofSessions));
        return Collections.unmodifiableMap(names);
    }

    List<DomainRule> of(String eventType) {
        return byEventType.getOrDefault(eventType, List.of());
    }

    List<DomainRule> ofSessions() {
        return ofSessions;
    }

    KnownFields known() {
        return known;
    }

    private static List<String> names(List<DomainRule> rules) {
        return rules.stream().map(DomainRule::name).toList();
    }
}
