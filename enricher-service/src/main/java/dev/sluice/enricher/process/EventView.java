package dev.sluice.enricher.process;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;

import org.jspecify.annotations.Nullable;

/// What an enrichment may look at. The body is read when its first field is asked for.
public final class EventView {

    private final ReceivedEvent received;
    private @Nullable String @Nullable [] texts;

    public EventView(ReceivedEvent received) {
        this.received = received;
    }

    public ReceivedEvent received() {
        return received;
    }

    public SectionedEvent event() {
        return received.event();
    }

    public EventEnvelope envelope() {
        return received.envelope();
    }

    public Receipt receipt() {
        return received.envelope().receipt();
    }

    public CheckedFacts facts() {
        return received.envelope().facts();
    }

    /// A text of the body.
    ///
    /// @throws IllegalArgumentException if the body is not JSON, which none is that was validated
    public @Nullable String text(BodyField field) {
        @Nullable String[] read = texts;
        if (read == null) {
            read = BodyTexts.of(event().body());
            texts = read;
        }
        return read[field.ordinal()];
    }

    @Override
    public String toString() {
        return "EventView[" + received.position() + "]";
    }
}
