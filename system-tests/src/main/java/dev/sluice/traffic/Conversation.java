package dev.sluice.traffic;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// One conversation with the chatbot of the shop; each turn is a message and what it leads to.
final class Conversation {

    private static final Map<String, List<String>> MESSAGES = Words.byKey("messages");
    private static final Map<String, List<String>> ANSWERS = Words.byKey("answers");
    private static final List<String> INTENTS = List.copyOf(MESSAGES.keySet());
    private static final List<String> GIVEN_NAMES = Words.lines("given-names");
    private static final List<String> SURNAMES = Words.lines("surnames");
    private static final List<String> MODELS =
            List.of("advisor-large-2", "advisor-small-4", "advisor-large-3-beta");
    private static final List<String> REASONS =
            List.of("wrong_product", "too_slow", "not_helpful", "made_up");
    private static final List<String> RULES =
            List.of(
                    "pii-card-number",
                    "pii-address",
                    "prompt-injection",
                    "off-topic",
                    "medical-advice");
    private static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");
    private static final List<String> ACTIONS = List.of("blocked", "redacted", "flagged");

    private final Dice dice;
    private final Catalogue catalogue;
    private final String id;
    private int turn;

    Conversation(Dice dice, Catalogue catalogue) {
        this.dice = dice;
        this.catalogue = catalogue;
        this.id = "conv-" + EventIds.uuid(dice.bits(), dice.bits(), 4);
    }

    void turn(Stage stage, Product product) {
        turn++;
        String intent = dice.pick(INTENTS);
        message(stage, intent, product);
        classification(stage, intent);
        if (dice.chance(0.04)) {
            guardrail(stage, intent);
        }
        response(stage, intent, product);
        if (dice.chance(0.4)) {
            products(stage, intent);
        }
        if (dice.chance(0.25)) {
            feedback(stage, intent);
        }
        if (intent.equals("complaint") || dice.chance(0.02)) {
            escalation(stage, intent);
        }
    }

    private void message(Stage stage, String intent, Product product) {
        start(stage, "message_sent", intent)
                .put(
                        "message_text",
                        fill(dice.pick(MESSAGES.getOrDefault(intent, List.of())), product))
                .put("message_index", turn)
                .put("input_kind", dice.chance(0.9) ? "text" : "voice")
                .put("language", "en")
                .put("sentiment", sentiment(intent))
                .put("sentiment_score", Math.round((dice.share() * 2 - 1) * 1000) / 1000.0);
    }

    private void classification(Stage stage, String intent) {
        double confidence = Math.round((0.55 + dice.share() * 0.44) * 1000) / 1000.0;
        ObjectNode json = start(stage, "intent_classified", intent);
        json.put("intent", intent)
                .put("confidence", confidence)
                .put("model_id", "intent-small-3")
                .put("latency_ms", dice.between(8, 60))
                .put("sentiment", sentiment(intent));
        ArrayNode others = json.putArray("alternatives");
        for (int i = 0; i < 3; i++) {
            others.addObject()
                    .put("intent", INTENTS.get((INTENTS.indexOf(intent) + 1 + i) % INTENTS.size()))
                    .put("confidence", Math.round((1 - confidence) / (2 << i) * 1000) / 1000.0);
        }
    }

    private void response(Stage stage, String intent, Product product) {
        List<String> sentences = ANSWERS.getOrDefault(intent, List.of());
        StringBuilder text = new StringBuilder();
        int first = dice.between(0, sentences.size() - 1);
        for (int i = Math.min(sentences.size(), dice.between(1, 4)); i > 0; i--) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(fill(sentences.get((first + i) % sentences.size()), product));
        }
        int latency = dice.between(350, 4200);
        int input = dice.between(300, 2600);
        int output = text.length() / 4 + dice.between(1, 12);
        start(stage, "response_generated", intent)
                .put("response_text", text.toString())
                .put("model_id", dice.pickPopular(MODELS))
                .put("latency_ms", latency)
                .put("first_token_ms", latency / 4)
                .put("input_tokens", input)
                .put("output_tokens", output)
                .put("cost", BigDecimal.valueOf(input * 3L + output * 15L, 6))
                .put("currency", "USD")
                .put("intent", intent)
                .put("finish_reason", dice.chance(0.97) ? "stop" : "length");
    }

    private void products(Stage stage, String intent) {
        ObjectNode json = start(stage, "product_shown", intent);
        ArrayNode shown = json.putArray("products_shown");
        for (int i = dice.between(1, 5); i > 0; i--) {
            ObjectNode product = shown.addObject();
            catalogue.product(dice).write(product);
            product.put("position", shown.size());
        }
        json.put("currency", Catalogue.CURRENCY).put("intent", intent).put("layout", "carousel");
    }

    private void feedback(Stage stage, String intent) {
        boolean up = dice.chance(0.7);
        ObjectNode json = start(stage, "feedback_given", intent);
        json.put("feedback", up ? "up" : "down")
                .put("intent", intent)
                .put("model_id", dice.pickPopular(MODELS));
        if (!up) {
            json.put("reason", dice.pick(REASONS)).put("comment", "That is not what I asked for.");
        }
    }

    private void guardrail(Stage stage, String intent) {
        start(stage, "guardrail_fired", intent)
                .put("rule_id", dice.pick(RULES))
                .put("action", dice.pick(ACTIONS))
                .put("severity", dice.pick(SEVERITIES))
                .put("category", "safety")
                .put("direction", dice.chance(0.6) ? "input" : "output")
                .put("score", Math.round((0.5 + dice.share() / 2) * 1000) / 1000.0)
                .put("latency_ms", dice.between(1, 25));
    }

    private void escalation(Stage stage, String intent) {
        start(stage, "escalation_triggered", intent)
                .put("reason", intent.equals("complaint") ? "asked_for_human" : "low_confidence")
                .put("queue", "service_" + (dice.chance(0.5) ? "orders" : "products"))
                .put("wait_s", dice.between(20, 900))
                .put("intent", intent)
                .put("sentiment", sentiment(intent))
                .put("summary", "The customer repeated the question and asked for a person.");
    }

    private ObjectNode start(Stage stage, String eventType, String intent) {
        return stage.add(eventType)
                .put("conversation_id", id)
                .put("message_id", id.substring(0, 13) + "-" + turn)
                .put("flow", intent.equals("complaint") ? "service" : intent);
    }

    private String fill(String template, Product product) {
        return template.replace("{product}", product.name())
                .replace("{variant}", product.variant())
                .replace(
                        "{email}",
                        dice.pick(GIVEN_NAMES) + "." + dice.pick(SURNAMES) + "@example.com")
                .replace("{phone}", "+44 20 7946 0" + dice.between(100, 999));
    }

    private static String sentiment(String intent) {
        return switch (intent) {
            case "complaint" -> "negative";
            case "small_talk" -> "positive";
            default -> "neutral";
        };
    }
}
