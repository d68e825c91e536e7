package dev.sluice.local.redshift.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/// An ErrorResponse.
///
/// Source: PostgreSQL documentation, "Error and Notice Message Fields".
record ServerError(
        String severity,
        String sqlState,
        String message,
        String detail,
        Map<Character, String> fields) {

    static ServerError of(String sqlState, String message) {
        return new ServerError("ERROR", sqlState, message, "", Map.of());
    }

    static ServerError of(String sqlState, String message, String detail) {
        return new ServerError("ERROR", sqlState, message, detail, Map.of());
    }

    static ServerError fatal(String sqlState, String message) {
        return new ServerError("FATAL", sqlState, message, "", Map.of());
    }

    static ServerError parse(Message message) {
        Map<Character, String> fields = new LinkedHashMap<>();
        Message.Reader body = message.reader();
        for (char type = body.character(); type != 0; type = body.character()) {
            fields.put(type, body.string());
        }
        return new ServerError(
                fields.getOrDefault('S', "ERROR"),
                fields.getOrDefault('C', "XX000"),
                fields.getOrDefault('M', ""),
                fields.getOrDefault('D', ""),
                fields);
    }

    String field(char type) {
        return fields.getOrDefault(type, "");
    }

    Message toMessage() {
        MessageBuilder body =
                new MessageBuilder()
                        .character('S')
                        .string(severity)
                        .character('V')
                        .string(severity)
                        .character('C')
                        .string(sqlState)
                        .character('M')
                        .string(message);
        if (!detail.isEmpty()) {
            body.character('D').string(detail);
        }
        return body.character('\0').build('E');
    }
}
