package dev.sluice.enricher.process.domain;

import dev.sluice.enricher.process.domain.DomainRule.CopiedField;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads rules from YAML, and finds all that is wrong with them at once.
final class RulesReader {

    /// The source of rules for sessions that have ended.
    static final String SESSION = "session";

    private static final String EVENT = "event";
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final String NAME = "[a-z][a-z0-9_]{0,47}";

    /// What every detail has.
    private static final Set<String> TAKEN_NAMES =
            Set.of("id", "tenant_id", "occurred_at", "omitted");

    private static final Set<String> KEYS =
            Set.of("name", "source", "event_type", "when", "fields", "personal_fields");

    private final KnownFields known;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, List<DomainRule>> byEventType = new HashMap<>();
    private final List<DomainRule> ofSessions = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    RulesReader(KnownFields known) {
        this.known = known;
    }

    DomainRules read(String origin, byte[] yaml) {
        JsonNode rules = parse(origin, yaml).path("rules");
        if (!rules.isArray()) {
            throw new IllegalArgumentException(origin + ": rules must be a list");
        }
        int number = 0;
        for (JsonNode rule : rules.values()) {
            add(rule, ++number);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(origin + ": " + String.join("; ", problems));
        }
        return new DomainRules(byEventType, ofSessions, known);
    }

    private static JsonNode parse(String origin, byte[] yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "%s is not YAML: %s".formatted(origin, e.getOriginalMessage()), e);
        }
    }

    private void add(JsonNode rule, int number) {
        String name = rule.path("name").asString("");
        Problems wrong =
                new Problems(name.isEmpty() ? "rule number " + number : "rule " + name, problems);
        if (!name.matches(NAME)) {
            wrong.add("its name must match " + NAME);
        } else if (!names.add(name)) {
            wrong.add("its name is that of another rule");
        }
        for (String key : rule.propertyNames()) {
            if (!KEYS.contains(key)) {
                wrong.add(key + " is unknown");
            }
        }
        String source = rule.path("source").asString(EVENT);
        String eventType = rule.path("event_type").asString("");
        if (!source.equals(EVENT) && !source.equals(SESSION)) {
            wrong.add("its source must be event or session");
        } else if (source.equals(EVENT) == eventType.isEmpty()) {
            wrong.add("it needs an event_type, unless its source is session");
        }
        boolean ofSession = source.equals(SESSION);
        List<Condition> conditions = new ConditionsReader(wrong, ofSession).read(rule.path("when"));
        List<CopiedField> fields = fields(rule, eventType, ofSession, wrong);
        DomainRule read = new DomainRule(name, conditions, fields);
        if (ofSession) {
            ofSessions.add(read);
        } else {
            byEventType.computeIfAbsent(eventType, _ -> new ArrayList<>()).add(read);
        }
    }

    private List<CopiedField> fields(
            JsonNode rule, String eventType, boolean ofSession, Problems wrong) {
        List<CopiedField> fields = new ArrayList<>();
        Set<String> called = new HashSet<>(TAKEN_NAMES);
        for (String key : List.of("fields", "personal_fields")) {
            boolean whole = key.equals("personal_fields");
            if (rule.has(key) && !rule.path(key).isArray()) {
                wrong.add(key + " must be a list");
            }
            for (JsonNode named : rule.path(key).values()) {
                wrong.field(named.asString(""), ofSession)
                        .ifPresent(
                                field -> {
                                    check(eventType, field, whole, wrong);
                                    if (!called.add(field.name())) {
                                        wrong.add(
                                                "field %s: a detail has a %s already"
                                                        .formatted(field, field.name()));
                                    }
                                    fields.add(new CopiedField(field, whole));
                                });
            }
        }
        return fields;
    }

    private void check(String eventType, FieldPath field, boolean whole, Problems wrong) {
        switch (known.kind(eventType, field)) {
            case PLAIN -> {}
            case PERSONAL -> {
                if (!whole) {
                    wrong.add("field " + field + " is personal: only under personal_fields");
                }
            }
            case UNKNOWN -> {
                switch (field.root()) {
                    case PROPERTIES, CONTEXT -> {
                        if (!whole) {
                            wrong.add(
                                    "field %s is in no contract and may be personal: only under personal_fields"
                                            .formatted(field));
                        }
                    }
                    case ENVELOPE, ENRICHMENT, SESSION ->
                            wrong.add("field " + field + " does not exist");
                }
            }
        }
    }
}
