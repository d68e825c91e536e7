package dev.sluice.contracts.event;

import org.jspecify.annotations.Nullable;

/// One event as it travels: up to four sections of JSON bytes, and where the stage before read it.
///
/// @param receipt always there
/// @param body the client's own bytes, always there; not necessarily valid JSON when the receipt
///     carries a refusal
/// @param checked there once the validator has accepted the event
/// @param enrichment there once the enricher has seen the event
/// @param origin there once a stage has sent the event on; the next stage replaces it
public record SectionedEvent(
        Bytes receipt,
        Bytes body,
        @Nullable Bytes checked,
        @Nullable Bytes enrichment,
        @Nullable Bytes origin) {

    public static SectionedEvent received(Bytes receipt, Bytes body) {
        return new SectionedEvent(receipt, body, null, null, null);
    }

    public SectionedEvent withChecked(Bytes facts) {
        return new SectionedEvent(receipt, body, facts, enrichment, origin);
    }

    public SectionedEvent withEnrichment(Bytes facts) {
        return new SectionedEvent(receipt, body, checked, facts, origin);
    }

    /// Says where this stage read the event, instead of where the stage before did; see {@link
    /// OriginCodec}.
    public SectionedEvent withOrigin(Bytes place) {
        return new SectionedEvent(receipt, body, checked, enrichment, place);
    }

    public @Nullable Bytes section(EventSection section) {
        return switch (section) {
            case RECEIPT -> receipt;
            case BODY -> body;
            case CHECKED -> checked;
            case ENRICHMENT -> enrichment;
            case ORIGIN -> origin;
        };
    }

    /// The checked section of an event that has passed the validator.
    ///
    /// @throws IllegalStateException if it has not
    public Bytes requireChecked() {
        return require(checked, EventSection.CHECKED);
    }

    /// The enrichment section of an event that has passed the enricher.
    ///
    /// @throws IllegalStateException if it has not
    public Bytes requireEnrichment() {
        return require(enrichment, EventSection.ENRICHMENT);
    }

    /// All sections together, in bytes.
    public int size() {
        return receipt.length()
                + body.length()
                + length(checked)
                + length(enrichment)
                + length(origin);
    }

    private static int length(@Nullable Bytes bytes) {
        return bytes == null ? 0 : bytes.length();
    }

    private static Bytes require(@Nullable Bytes bytes, EventSection section) {
        if (bytes == null) {
            throw new IllegalStateException("the event has no section " + section);
        }
        return bytes;
    }
}
