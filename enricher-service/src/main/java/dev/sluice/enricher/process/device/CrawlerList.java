package dev.sluice.enricher.process.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Signs of crawlers in a user agent, from a list that the public keeps. Immutable.
final class CrawlerList {

    private static final String FILE = "/device/crawlers.txt";

    /// What makes a pattern more than a text. An escaped slash or dot alone does not.
    private static final Pattern SPECIAL = Pattern.compile("[\\^$.|?*+()\\[\\]{}\\\\]");

    private final List<String> texts = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private CrawlerList() {}

    /// The one that the service brings along.
    static CrawlerList bundled() {
        try (InputStream in = CrawlerList.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the service has no " + FILE);
            }
            CrawlerList list = new CrawlerList();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(list::add);
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    /// Whether one of the signs is in a user agent; tens of microseconds.
    boolean names(String userAgent) {
        for (String text : texts) {
            if (userAgent.contains(text)) {
                return true;
            }
        }
        for (Pattern pattern : patterns) {
            if (pattern.matcher(userAgent).find()) {
                return true;
            }
        }
        return false;
    }

    private void add(String line) {
        String plain = line.replace("\\/", "/").replace("\\.", ".");
        boolean escapedOnly = !SPECIAL.matcher(line.replace("\\/", "").replace("\\.", "")).find();
        if (escapedOnly) {
            texts.add(plain);
        } else {
            patterns.add(Pattern.compile(line));
        }
    }
}
