package dev.sluice.contracts.pii.text;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// A text of which a person said what is personal in it. All data are made up: domains of RFC 2606,
/// test cards, numbers set aside for films.
///
/// @param language of ISO 639-1
/// @param source `chat`, `search` or `url`
/// @param spans what is personal, in the order of the text; empty for nothing
public record LabelledText(String text, String language, String source, List<Finding> spans) {

    /// The whole set.
    public static List<LabelledText> all() {
        try (InputStream in =
                        Objects.requireNonNull(
                                LabelledText.class.getResourceAsStream("/pii/labelled.jsonl"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().map(LabelledText::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a scrubbed text must not hold any more.
    public List<String> secrets() {
        return spans.stream().map(span -> text.substring(span.from(), span.to())).toList();
    }

    private static LabelledText read(String line) {
        JsonNode json = JsonMapper.shared().readTree(line);
        return new LabelledText(
                json.required("text").stringValue(),
                json.required("language").stringValue(),
                json.required("source").stringValue(),
                json.required("spans").valueStream().map(LabelledText::span).toList());
    }

    private static Finding span(JsonNode span) {
        PiiKind kind =
                PiiKind.valueOf(span.required("kind").stringValue().toUpperCase(Locale.ROOT));
        return new Finding(kind, span.required("from").intValue(), span.required("to").intValue());
    }
}
