package dev.sluice.contracts.pii;

import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.pii.text.PiiKind;
import dev.sluice.contracts.pii.text.TextScrubber;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Decides about the values of one event, and notes what kinds of personal data it had.
final class Values {

    private static final int FEWEST_DIGITS = 7;

    private final TenantId tenant;
    private final @Nullable Pseudonyms pseudonyms;
    private final boolean keepsAddresses;
    private final Set<PiiKind> kinds;

    /// @param pseudonyms null if what is hashed elsewhere is replaced by tokens
    /// @param keepsAddresses whether fields with an IP address keep all of it
    Values(
            TenantId tenant,
            @Nullable Pseudonyms pseudonyms,
            boolean keepsAddresses,
            Set<PiiKind> kinds) {
        this.tenant = tenant;
        this.pseudonyms = pseudonyms;
        this.keepsAddresses = keepsAddresses;
        this.kinds = kinds;
    }

    /// Whether a text may change; a no is for sure and cheap.
    ///
    /// @param bytes hold it as it stands in JSON
    static boolean mayChange(Treatment treatment, byte[] bytes, int from, int length) {
        return switch (treatment.pii()) {
            case NONE ->
                    treatment.kind() == PiiKind.ID
                            ? PersonalIds.mayBe(bytes, from, length)
                            : isHttp(bytes, from, length)
                                    && TextScrubber.mayHold(bytes, from, length);
            case MASK ->
                    treatment.kind() == PiiKind.IP || TextScrubber.mayHold(bytes, from, length);
            case HASH, DROP -> length > 0;
        };
    }

    /// Of a text that may change.
    Change text(Treatment treatment, String text) {
        return switch (treatment.pii()) {
            case NONE -> treatment.kind() == PiiKind.ID ? id(text) : masked(treatment, text);
            case MASK -> treatment.kind() == PiiKind.IP ? address(text) : masked(treatment, text);
            case HASH -> text.isEmpty() ? Change.KEEP : hashed(treatment, text);
            case DROP -> text.isEmpty() ? Change.KEEP : removed(treatment);
        };
    }

    /// @param digits of the number as it was written
    Change number(Treatment treatment, String digits) {
        boolean personal = treatment.known() || digits.length() >= FEWEST_DIGITS;
        return switch (treatment.pii()) {
            case NONE, MASK -> Change.KEEP;
            case HASH -> {
                if (treatment.known()) {
                    yield removed(treatment);
                }
                yield personal ? hashed(treatment, digits) : Change.KEEP;
            }
            case DROP -> personal ? removed(treatment) : Change.KEEP;
        };
    }

    /// Of `true` and `false`.
    Change flag(Treatment treatment) {
        return treatment.removesLists() ? removed(treatment) : Change.KEEP;
    }

    Change removed(Treatment treatment) {
        kinds.add(treatment.kind());
        return Change.REMOVE;
    }

    private Change id(String text) {
        if (!PersonalIds.is(text)) {
            return Change.KEEP;
        }
        kinds.add(PiiKind.ID);
        return new Change.Text(pseudonym(PiiKind.ID, text));
    }

    private Change address(String text) {
        if (keepsAddresses) {
            return Change.KEEP;
        }
        String network = IpMask.truncate(text);
        if (network != null) {
            return network.equals(text) ? Change.KEEP : new Change.Text(network);
        }
        return text.isEmpty() ? Change.KEEP : Change.REMOVE;
    }

    private Change masked(Treatment treatment, String text) {
        @Nullable String scrubbed = TextScrubber.scrub(text, kinds);
        return scrubbed == null ? Change.KEEP : new Change.Text(cut(treatment, scrubbed));
    }

    private Change hashed(Treatment treatment, String text) {
        kinds.add(treatment.kind());
        String pseudonym = pseudonym(treatment.kind(), text);
        int room = Math.min(treatment.maxChars(), treatment.maxBytes());
        return pseudonym.length() <= room ? new Change.Text(pseudonym) : Change.REMOVE;
    }

    private String pseudonym(PiiKind kind, String text) {
        return pseudonyms == null ? kind.token() : pseudonyms.of(tenant, text);
    }

    /// A token may be longer than what it stands for.
    private static String cut(Treatment treatment, String text) {
        String cut = text;
        if (text.codePointCount(0, text.length()) > treatment.maxChars()) {
            cut = text.substring(0, text.offsetByCodePoints(0, treatment.maxChars()));
        }
        while (cut.length() * 3L > treatment.maxBytes()
                && cut.getBytes(StandardCharsets.UTF_8).length > treatment.maxBytes()) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    private static boolean isHttp(byte[] bytes, int from, int length) {
        return length > 7
                && bytes[from] == 'h'
                && bytes[from + 1] == 't'
                && bytes[from + 2] == 't'
                && bytes[from + 3] == 'p';
    }
}
