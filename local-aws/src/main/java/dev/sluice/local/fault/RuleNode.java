package dev.sluice.local.fault;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// A rule as JSON while it is read. Remembers which members were asked for, so that any other is an
/// error and not silently ignored. Every error names the member and what is allowed.
public final class RuleNode {

    private final String path;
    private final JsonNode node;
    private final Set<String> known = new LinkedHashSet<>();

    /// @param path where it stands, such as `rules[0]`
    RuleNode(String path, JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(path + " must be an object");
        }
        this.path = path;
        this.node = node;
    }

    public Optional<String> text(String name) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isString() || value.asString().isEmpty()) {
            throw wrong(name, "a text that is not empty", value);
        }
        return Optional.of(value.asString());
    }

    /// One of the allowed texts.
    public Optional<String> choice(String name, Collection<String> allowed) {
        Optional<String> value = text(name);
        value.filter(v -> !allowed.contains(v))
                .ifPresent(
                        v -> {
                            throw wrong(name, "one of " + String.join(", ", allowed), member(name));
                        });
        return value;
    }

    /// What a rule cannot do without.
    public String required(String name, Collection<String> allowed) {
        return choice(name, allowed)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        path
                                                + "."
                                                + name
                                                + " is missing: one of "
                                                + String.join(", ", allowed)));
    }

    public long whole(String name, long otherwise) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number", value);
        }
        return value.longValue();
    }

    public double number(String name, double otherwise) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(name, "a number", value);
        }
        return value.doubleValue();
    }

    /// The member `millis`, which must be there.
    public Duration millis() {
        if (member("millis").isMissingNode()) {
            throw new IllegalArgumentException(path + ".millis is missing: a whole number");
        }
        return Duration.ofMillis(whole("millis", 0));
    }

    /// A member that is read elsewhere.
    void ignore(String name) {
        known.add(name);
    }

    /// Says that a member is there that nobody asked for.
    void end() {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        path + "." + name + " is unknown, allowed are " + String.join(", ", known));
            }
        }
    }

    private JsonNode member(String name) {
        known.add(name);
        return node.path(name);
    }

    private IllegalArgumentException wrong(String name, String allowed, JsonNode value) {
        return new IllegalArgumentException(
                path + "." + name + " must be " + allowed + ": " + value);
    }
}
