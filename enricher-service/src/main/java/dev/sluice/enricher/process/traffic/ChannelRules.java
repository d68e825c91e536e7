package dev.sluice.enricher.process.traffic;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rules by which an event has a channel; the first that fits decides. Immutable.
///
/// @param rules the last of which always fits
public record ChannelRules(List<ChannelRule> rules) {

    public ChannelRules {
        rules = List.copyOf(rules);
    }

    /// Those that the service brings along.
    public static ChannelRules bundled() {
        try (InputStream in = ChannelRules.class.getResourceAsStream("/traffic/channels.yml")) {
            if (in == null) {
                throw new IllegalStateException("the service has no traffic/channels.yml");
            }
            return of(
                    "traffic/channels.yml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read traffic/channels.yml", e);
        }
    }

    /// @param file names them, for messages
    /// @param yaml as `traffic/channels.yml` explains it
    /// @throws IllegalArgumentException that names file and rule and says what is wrong
    public static ChannelRules of(String file, String yaml) {
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(file + " is no YAML: " + e.getMessage(), e);
        }
        if (!(document instanceof Map<?, ?> map)
                || !(map.get("rules") instanceof List<?> list)
                || map.size() != 1) {
            throw new IllegalArgumentException(file + " is not a list `rules` and nothing else");
        }
        List<ChannelRule> rules = new ArrayList<>();
        for (Object each : list) {
            String name = file + ", rule " + (rules.size() + 1);
            if (!(each instanceof Map<?, ?> conditions)) {
                throw new IllegalArgumentException(name + ": is no list of conditions");
            }
            rules.add(new RuleReader(name, conditions).read());
        }
        if (rules.isEmpty() || !rules.getLast().isUnconditional()) {
            throw new IllegalArgumentException(
                    file + ": the last rule must have a channel and no condition");
        }
        return new ChannelRules(rules);
    }

    String channelOf(TrafficSource visit) {
        for (ChannelRule rule : rules) {
            if (rule.fits(visit)) {
                return rule.channel();
            }
        }
        throw new IllegalStateException("the last rule fits everything");
    }
}
