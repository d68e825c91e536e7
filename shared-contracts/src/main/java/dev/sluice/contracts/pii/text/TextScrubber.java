package dev.sluice.contracts.pii.text;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Finds in texts what is personal, and puts tokens such as `[email]` in its place. Linear in the
/// length of the text.
public final class TextScrubber {

    private TextScrubber() {}

    /// Whether the UTF-8 of a text, as it stands in JSON, needs a closer look. A no is for sure and
    /// cheap.
    public static boolean mayHold(byte[] bytes, int from, int length) {
        return Suspicion.isRaised(bytes, from, from + length);
    }

    /// What is personal in a text, in its order; no two overlap.
    public static List<Finding> find(String text) {
        PlainForm plain = PlainForm.of(text, isAddress(text));
        Findings found = new Findings();
        NamedValues.find(plain, found);
        Emails.find(plain, found);
        IpAddresses.find(plain, found);
        CodedIds.find(plain, found);
        Numbers.find(plain, found);
        return found.in(plain);
    }

    /// The text with tokens; null if nothing was found.
    ///
    /// @param kinds gets the kinds of what was found
    public static @Nullable String scrub(String text, Set<PiiKind> kinds) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Finding> found = mayHold(bytes, 0, bytes.length) ? find(text) : List.of();
        if (found.isEmpty()) {
            return null;
        }
        StringBuilder scrubbed = new StringBuilder(text.length() + 16);
        int at = 0;
        for (Finding each : found) {
            kinds.add(each.kind());
            scrubbed.append(text, at, each.from()).append(each.kind().token());
            at = each.to();
        }
        return scrubbed.append(text, at, text.length()).toString();
    }

    private static boolean isAddress(String text) {
        boolean http = text.startsWith("http://") || text.startsWith("https://");
        return (http || text.startsWith("/") || text.startsWith("?")) && text.indexOf(' ') < 0;
    }
}
