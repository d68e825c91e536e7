package dev.sluice.local.fault;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The rules of one emulator in the order they were added, and how often each has struck. Chance
/// comes from a seed, so the same calls meet the same faults. Thread-safe.
public final class FaultRules<R extends Rule> {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RuleForm<R> form;
    private final List<Active<R>> active = new CopyOnWriteArrayList<>();
    private final Random random = new Random(1);

    public FaultRules(RuleForm<R> form) {
        this.form = form;
    }

    /// A rule and how often it has struck.
    public record Struck<R>(R rule, long times) {}

    /// Adds a rule after those there are; spent ones stay, for their counts.
    public void add(R rule) {
        active.add(new Active<>(rule, new AtomicLong()));
    }

    public void clear() {
        active.clear();
    }

    /// Starts chance again from this seed; it is 1 at first.
    public void seed(long seed) {
        random.setSeed(seed);
    }

    public boolean isEmpty() {
        return active.isEmpty();
    }

    /// The rules in order, spent ones too.
    public List<Struck<R>> all() {
        return active.stream().map(a -> new Struck<>(a.rule, a.struck.get())).toList();
    }

    /// The rules that strike something they meet; each counts when the stream comes to it.
    public Stream<R> strike(Predicate<R> meets) {
        return active.stream()
                .filter(a -> meets.test(a.rule))
                .filter(this::strikes)
                .map(Active::rule);
    }

    /// The first rule that strikes.
    public Optional<R> strikeOne(Predicate<R> meets) {
        return strike(meets).findFirst();
    }

    /// Adds rules from `{"seed":7,"rules":[…]}`, all of them or, when one is wrong, none.
    ///
    /// @throws IllegalArgumentException naming the member that is wrong and what is allowed
    public void addJson(byte[] body) {
        JsonNode root = parse(body);
        JsonNode rules = root.path("rules");
        if (!rules.isArray()) {
            throw new IllegalArgumentException("rules must be an array of rules");
        }
        List<R> fresh = new ArrayList<>();
        for (JsonNode rule : rules.values()) {
            fresh.add(read(new RuleNode("rules[" + fresh.size() + "]", rule), fresh.size()));
        }
        RuleNode top = new RuleNode("body", root);
        top.whole("seed", 0);
        top.ignore("rules");
        top.end();
        if (root.has("seed")) {
            seed(top.whole("seed", 0));
        }
        fresh.forEach(this::add);
    }

    private R read(RuleNode node, int index) {
        try {
            R rule =
                    form.read(
                            node,
                            node.number("probability", 1),
                            node.whole("times", Long.MAX_VALUE));
            node.end();
            return rule;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            String path = "rules[" + index + "]";
            throw message.startsWith(path)
                    ? e
                    : new IllegalArgumentException(path + "." + message, e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the body must be JSON, {\"rules\":[…]}: " + e.getOriginalMessage(), e);
        }
    }

    /// The rules as [#addJson] takes them, each with `struck`.
    public ArrayNode toJson() {
        ArrayNode rules = JSON.createArrayNode();
        for (Struck<R> each : all()) {
            ObjectNode node = rules.addObject();
            form.write(each.rule(), node);
            node.put("probability", each.rule().probability());
            if (each.rule().times() != Long.MAX_VALUE) {
                node.put("times", each.rule().times());
            }
            node.put("struck", each.times());
        }
        return rules;
    }

    private boolean strikes(Active<R> candidate) {
        R rule = candidate.rule;
        if (candidate.struck.get() >= rule.times()
                || (rule.probability() < 1 && random.nextDouble() >= rule.probability())) {
            return false;
        }
        return candidate.struck.getAndUpdate(n -> n < rule.times() ? n + 1 : n) < rule.times();
    }

    private record Active<R>(R rule, AtomicLong struck) {}
}
