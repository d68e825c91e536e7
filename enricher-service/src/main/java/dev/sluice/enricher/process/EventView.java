package dev.sluice.enricher.process;

import dev.sluice.contracts.event.CheckedFacts;
import dev.sluice.contracts.event.EventEnvelope;
import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.enricher.ingress.ReceivedEvent;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What an enrichment may look at. The body is read when a field of
/// it is asked for.
public final class EventView {

    private static final String CONTEXT = "context";

    private final ReceivedEvent received;
    private @Nullable String @Nullable [] context;
    private @Nullable List<Object> prepared;

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

    /// A text of the body. One outside of the context, which few events are asked for, is read each
    /// time.
    ///
    /// @throws IllegalArgumentException if the body is not JSON, which none is that was validated
    public @Nullable String text(BodyField field) {
        if (!field.object().equals(CONTEXT)) {
            return BodyTexts.of(event().body(), field.object())[field.ordinal()];
        }
        @Nullable String[] read = context;
        if (read == null) {
            read = BodyTexts.of(event().body(), CONTEXT);
            context = read;
        }
        return read[field.ordinal()];
    }

    /// Keeps what an enrichment found out when it prepared the slice, in place of what it has of
    /// the same class.
    public void prepare(Object found) {
        List<Object> all = prepared;
        if (all == null) {
            all = new ArrayList<>(2);
            prepared = all;
        }
        all.removeIf(each -> each.getClass() == found.getClass());
        all.add(found);
    }

    /// What was found out beforehand; null if nothing of that type was.
    public <T> @Nullable T prepared(Class<T> type) {
        List<Object> all = prepared;
        if (all != null) {
            for (Object each : all) {
                if (type.isInstance(each)) {
                    return type.cast(each);
                }
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "EventView[" + received.position() + "]";
    }
}
