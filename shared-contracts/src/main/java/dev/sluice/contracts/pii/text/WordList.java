package dev.sluice.contracts.pii.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Lists of words among the resources: a line is a name, a colon, and words.
final class WordList {

    /// @param name in upper case
    record Line(String name, List<String> words) {}

    private WordList() {}

    static List<Line> lines(String file) {
        try (InputStream in =
                Objects.requireNonNull(WordList.class.getResourceAsStream("/pii/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(WordList::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /pii/" + file, e);
        }
    }

    /// @throws IllegalArgumentException if the list has a word twice, or a name that is no cue
    static Map<String, Cues.Cue> cues(String file) {
        Map<String, Cues.Cue> cues = new HashMap<>();
        for (Line line : lines(file)) {
            Cues.Cue cue = Cues.Cue.valueOf(line.name());
            for (String word : line.words()) {
                if (cues.put(word, cue) != null) {
                    throw new IllegalArgumentException(file + " has a word twice: " + word);
                }
            }
        }
        return Map.copyOf(cues);
    }

    private static Line line(String line) {
        int colon = line.indexOf(':');
        return new Line(
                line.substring(0, colon).toUpperCase(Locale.ROOT),
                List.of(line.substring(colon + 1).strip().split(" +")));
    }
}
