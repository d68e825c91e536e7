package dev.sluice.validator.process.body;

import dev.sluice.contracts.event.Bytes;

import tools.jackson.databind.JsonNode;

/// Finds halves of a surrogate pair that an escape such as `\ud800` smuggles past UTF-8. Such text
/// is no Unicode (RFC 7493, 2.1) and cannot be written again.
final class Surrogates {

    private Surrogates() {}

    /// @param raw the bytes the tree was parsed from; only an escape in them can make one
    static boolean isBroken(Bytes raw, JsonNode root) {
        return mayEscapeOne(raw) && hasUnpaired(root);
    }

    static boolean mayEscapeOne(Bytes raw) {
        byte[] array = raw.array();
        int end = raw.offset() + raw.length() - 2;
        for (int i = raw.offset(); i < end; i++) {
            if (array[i] == '\\' && array[i + 1] == 'u' && (array[i + 2] | 0x20) == 'd') {
                return true;
            }
        }
        return false;
    }

    private static boolean hasUnpaired(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> hasUnpaired(node.stringValue());
            case OBJECT ->
                    node.properties().stream()
                            .anyMatch(
                                    field ->
                                            hasUnpaired(field.getKey())
                                                    || hasUnpaired(field.getValue()));
            case ARRAY -> node.valueStream().anyMatch(Surrogates::hasUnpaired);
            case BINARY, BOOLEAN, MISSING, NULL, NUMBER, POJO -> false;
        };
    }

    private static boolean hasUnpaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (i + 1 == text.length() || !Character.isSurrogatePair(unit, text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }
}
