package dev.sluice.validator.process.accept;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What a list must be; `items`, `minItems`, `maxItems`.
record ItemsRule(ValueRule each, int least, int most) {

    /// Reads to the end of the list.
    boolean accepts(JsonParser parser, EventScan scan) {
        int count = 0;
        for (JsonToken token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (token == null || !each.accepts(token, parser, scan) || ++count > most) {
                return false;
            }
        }
        return count >= least;
    }
}
