package dev.sluice.loader.archive;

import dev.sluice.contracts.event.Receipt;
import dev.sluice.contracts.event.SectionedEvent;
import dev.sluice.contracts.event.TenantId;
import dev.sluice.contracts.frame.Frame;
import dev.sluice.contracts.frame.FrameDecoder;
import dev.sluice.contracts.frame.FrameLimits;
import dev.sluice.contracts.subject.BodyGlance;
import dev.sluice.contracts.subject.SubjectId;
import dev.sluice.contracts.subject.SubjectKey;
import dev.sluice.contracts.subject.SubjectKeys;
import dev.sluice.runtime.stream.HashKey;
import dev.sluice.runtime.stream.HashRange;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Looks into raw frames for what a sidecar says of them. Whatever bytes it is given, it
/// comes back: a frame that cannot be read is archived like any other. For one thread at a time.
public final class FrameScan {

    /// A longer type is none that anybody asks for.
    private static final int LONGEST_TYPE = 128;

    /// Keys that are remembered; some hundred bytes each.
    private static final int MOST_KEYS = 20_000;

    private static final int SECONDS = 60;

    private record Owned(TenantId tenant, SubjectId subject) {}

    private final FrameDecoder decoder = new FrameDecoder(FrameLimits.DEFAULT);
    private final @Nullable SubjectKeys keys;
    private final Map<Owned, SubjectKey> known = new HashMap<>();

    FrameScan(SubjectKeys keys) {
        this.keys = keys;
    }

    private FrameScan() {
        keys = null;
    }

    /// One that does not ask whose events are.
    public static FrameScan ofEvents() {
        return new FrameScan();
    }

    /// What is in a frame, whatever it is.
    public FrameContents scan(byte[] frame) {
        try {
            return switch (decoder.decode(frame)) {
                case Frame.Readable readable -> contents(readable);
                case Frame.Unreadable _ -> FrameContents.UNREADABLE;
            };
        } catch (RuntimeException poison) {
            // Whatever it is, it must not stop the archive; the sidecar says that it is there.
            return FrameContents.UNREADABLE;
        }
    }

    private FrameContents contents(Frame.Readable frame) {
        Map<EventKind, Integer> events = new HashMap<>();
        Set<SubjectKey> subjects = new HashSet<>();
        HashRange keys = null;
        String key = "";
        boolean readable = true;
        for (SectionedEvent event : frame.events()) {
            Receipt receipt;
            try {
                receipt = Receipt.decode(event.receipt());
                // One client's events stand together.
                if (keys == null || !receipt.partitionKey().equals(key)) {
                    keys = HashKey.of(receipt.partitionKey()).within(keys);
                    key = receipt.partitionKey();
                }
            } catch (IllegalArgumentException damaged) {
                readable = false;
                continue;
            }
            BodyGlance glance = BodyGlance.of(event.body());
            events.merge(kind(receipt, glance), 1, Integer::sum);
            for (SubjectId subject : glance.subjects()) {
                add(receipt.tenantId(), subject, subjects);
            }
        }
        return new FrameContents(readable, events, subjects, keys);
    }

    private static EventKind kind(Receipt receipt, BodyGlance glance) {
        return new EventKind(
                receipt.tenantId().value(),
                typeOf(glance),
                Math.floorDiv(receipt.receivedTs().getEpochSecond(), SECONDS));
    }

    private static String typeOf(BodyGlance glance) {
        String type = glance.eventType();
        return type == null || type.getBytes(StandardCharsets.UTF_8).length > LONGEST_TYPE
                ? ""
                : type;
    }

    private void add(TenantId tenant, SubjectId subject, Set<SubjectKey> subjects) {
        SubjectKeys secret = keys;
        if (secret == null) {
            return;
        }
        if (known.size() == MOST_KEYS) {
            known.clear();
        }
        subjects.add(
                known.computeIfAbsent(
                        new Owned(tenant, subject), id -> secret.of(id.tenant(), id.subject())));
    }
}
