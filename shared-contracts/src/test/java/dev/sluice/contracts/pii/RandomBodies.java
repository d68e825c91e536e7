package dev.sluice.contracts.pii;

import dev.sluice.contracts.pii.text.LabelledText;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/// Bodies of all shapes, of names and texts that matter here.
final class RandomBodies {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> NAMES =
            List.of(
                    "email",
                    "phone",
                    "name",
                    "traits",
                    "customer",
                    "message_text",
                    "query",
                    "ip",
                    "token",
                    "address",
                    "shipping",
                    "note",
                    "page",
                    "url",
                    "title",
                    "x",
                    "first_name",
                    "Länge",
                    "a\"b",
                    "user_id",
                    "previous_id",
                    "product_id",
                    "dob",
                    "lines",
                    "text",
                    "userEmail");
    private static final List<LabelledText> TEXTS = LabelledText.all();

    private final Random random;

    RandomBodies(long seed) {
        random = new Random(seed);
    }

    /// A body, of which the envelope is right more often than not.
    ObjectNode next() {
        ObjectNode body = JSON.createObjectNode();
        body.put("event_type", "message_sent");
        if (random.nextBoolean()) {
            body.set("user_id", text());
        }
        if (random.nextInt(3) > 0) {
            ObjectNode context = body.putObject("context");
            context.putObject("page").set("url", text());
            fill(context, 2);
        }
        fill(body.putObject("properties"), 4);
        if (random.nextInt(10) == 0) {
            fill(body, 2);
        }
        return body;
    }

    private void fill(ObjectNode object, int depth) {
        int fields = random.nextInt(6);
        for (int i = 0; i < fields; i++) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(depth));
        }
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> JSON.getNodeFactory().numberNode(random.nextLong());
            case 1 -> JSON.getNodeFactory().numberNode(BigDecimal.valueOf(random.nextInt(), 3));
            case 2 -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case 3 -> JSON.getNodeFactory().nullNode();
            case 7, 8 -> {
                ObjectNode object = JSON.createObjectNode();
                fill(object, depth - 1);
                yield object;
            }
            case 9 -> {
                ArrayNode list = JSON.createArrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth - 1));
                }
                yield list;
            }
            default -> text();
        };
    }

    private JsonNode text() {
        String text = TEXTS.get(random.nextInt(TEXTS.size())).text();
        return JSON.getNodeFactory()
                .stringNode(
                        switch (random.nextInt(4)) {
                            case 0 ->
                                    text + "\n\"" + TEXTS.get(random.nextInt(TEXTS.size())).text();
                            case 1 -> "\t" + text.substring(random.nextInt(text.length())) + "\\";
                            default -> text;
                        });
    }
}
