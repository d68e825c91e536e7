package dev.sluice.collector.ingress;

import dev.sluice.collector.process.body.BodyForm;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which content types may be events. SDKs are careless with them: a beacon says `text/plain`,
/// another client calls its gzipped JSON a form. So only what cannot be events is refused.
final class ContentTypes {

    static final String ACCEPTED =
            "application/json, application/x-ndjson, text/plain or none at all";

    private static final Set<String> LINES =
            Set.of(
                    "application/x-ndjson",
                    "application/ndjson",
                    "application/x-jsonlines",
                    "application/jsonlines",
                    "application/jsonl",
                    "application/x-ldjson");

    private static final Set<String> OTHERS =
            Set.of(
                    "application/json",
                    "text/json",
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "application/octet-stream");

    private ContentTypes() {}

    /// What is known of a body of that type; empty if it cannot be events.
    static Optional<BodyForm> form(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.of(BodyForm.UNSAID);
        }
        int semicolon = header.indexOf(';');
        String type =
                (semicolon < 0 ? header : header.substring(0, semicolon))
                        .strip()
                        .toLowerCase(Locale.ROOT);
        if (LINES.contains(type)) {
            return Optional.of(BodyForm.LINES);
        }
        return OTHERS.contains(type) || type.endsWith("+json")
                ? Optional.of(BodyForm.UNSAID)
                : Optional.empty();
    }
}
