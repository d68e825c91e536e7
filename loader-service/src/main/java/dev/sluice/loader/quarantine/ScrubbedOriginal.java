package dev.sluice.loader.quarantine;

import dev.sluice.contracts.event.Bytes;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.BodyRedactor;
import dev.sluice.contracts.pii.EventRules;
import dev.sluice.contracts.pii.FieldRule;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.TextScrubber;
import dev.sluice.contracts.schema.ContractCatalog;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// What of an original may stand in the warehouse: all of it but what is personal, which has tokens
/// in its place. No contract holds for what was refused, so the names of its fields decide.
final class ScrubbedOriginal {

    private static final FieldRule RULE = new EventRules(ContractCatalog.bundled()).ofUnknown();
    private static final BodyRedactor REDACTOR = BodyRedactor.withoutKeys();

    /// No pseudonym is made, so it matters to nobody whose it is.
    private static final TenantId NOBODY = new TenantId("-");

    private ScrubbedOriginal() {}

    /// @param original text that has room in its column
    /// @return null if what is left has none
    static byte @Nullable [] of(byte[] original, int maxBytes) {
        Set<PiiKind> kinds = EnumSet.noneOf(PiiKind.class);
        byte[] left;
        try {
            left = REDACTOR.redact(NOBODY, RULE, Bytes.of(original), kinds).toArray();
        } catch (RuntimeException | StackOverflowError e) {
            // No JSON object, so a text like any other.
            String text = new String(original, StandardCharsets.UTF_8);
            @Nullable String scrubbed = TextScrubber.scrub(text, kinds);
            left = scrubbed == null ? original : scrubbed.getBytes(StandardCharsets.UTF_8);
        }
        return left.length <= maxBytes ? left : null;
    }
}
