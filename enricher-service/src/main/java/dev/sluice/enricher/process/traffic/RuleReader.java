package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads one rule. Everything it throws begins with the rule's name.
final class RuleReader {

    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9_]{0,31}");
    private static final Set<String> KEYS =
            Set.of("channel", "tagged", "class", "medium", "source", "campaign", "click_id");

    private final String name;
    private final Map<?, ?> rule;

    /// @param name of file and rule
    RuleReader(String name, Map<?, ?> rule) {
        Object channel = rule.get("channel");
        this.name = channel == null ? name : name + " (" + channel + ")";
        this.rule = rule;
    }

    /// @throws IllegalArgumentException if anything is not as it has to be
    ChannelRule read() {
        Set<String> unknown = new TreeSet<>();
        rule.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw wrong("there is no condition " + unknown);
        }
        return new ChannelRule(
                channel(),
                tagged(),
                names(
                        "class",
                        SourceClass::of,
                        Arrays.stream(SourceClass.values()).map(SourceClass::code).toList()),
                pattern("medium"),
                pattern("source"),
                pattern("campaign"),
                names(
                        "click_id",
                        ClickId::of,
                        Arrays.stream(ClickId.values()).map(ClickId::parameter).toList()));
    }

    private String channel() {
        if (rule.get("channel") instanceof String channel && CHANNEL.matcher(channel).matches()) {
            return channel;
        }
        throw wrong("channel is no name in snake case of 32 letters at most");
    }

    private @Nullable Boolean tagged() {
        Object tagged = rule.get("tagged");
        if (tagged == null || tagged instanceof Boolean) {
            return (Boolean) tagged;
        }
        throw wrong("tagged is neither true nor false");
    }

    private @Nullable Pattern pattern(String key) {
        Object text = rule.get(key);
        if (text == null) {
            return null;
        }
        if (!(text instanceof String expression)) {
            throw wrong(key + " is no text");
        }
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw wrong(key + " is no regular expression: " + e.getDescription());
        }
    }

    private <T> Set<T> names(String key, Function<String, @Nullable T> reader, List<String> known) {
        Object value = rule.get(key);
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key + " is no list of names");
        }
        Set<T> names = new HashSet<>();
        for (Object each : list) {
            T read = reader.apply(String.valueOf(each));
            if (read == null) {
                throw wrong("%s has no %s; there are %s".formatted(key, each, known));
            }
            names.add(read);
        }
        return names;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(name + ": " + what);
    }
}
