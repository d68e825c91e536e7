package dev.sluice.runtime.kinesis;

import dev.sluice.runtime.bus.BusEvent;
import dev.sluice.runtime.bus.BusResult;
import dev.sluice.runtime.bus.EventBus;
import dev.sluice.runtime.failure.SetupFailure;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A bus of EventBridge.
///
/// The service answers success for a bus that does not exist and drops what it was given
/// (aws/aws-sdk issue 186), so whether it exists is asked before the first put and then every
/// minute.
public final class EventBridgeBus implements EventBus {

    private static final Duration LOOK_INTERVAL = Duration.ofMinutes(1);
    private static final String INVALID = "ValidationException";

    /// Codes of entries that are wrong in themselves (PutEventsResultEntry, EventBridge API
    /// reference).
    private static final Set<String> WRONG =
            Set.of(
                    "InvalidArgument",
                    "MalformedDetail",
                    "RedactionFailure",
                    "NotAuthorizedForDetailTypeException");

    /// Codes that somebody has to change something for.
    private static final Set<String> SETUP =
            Set.of(
                    "AccessDeniedException",
                    "InvalidAccountIdException",
                    "NotAuthorizedForSourceException");

    private final EventBridgeClient client;
    private final String name;
    private final InstantSource clock;
    private volatile Instant lookAgain = Instant.MIN;

    /// @param client does not retry by itself
    /// @param name or ARN
    public EventBridgeBus(EventBridgeClient client, String name, InstantSource clock) {
        this.client = client;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<BusResult> put(List<BusEvent> events) {
        try {
            requireThere();
            return putAll(events);
        } catch (SdkException e) {
            throw AwsFailures.of("bus " + name, e);
        }
    }

    private void requireThere() {
        Instant now = clock.instant();
        if (!now.isBefore(lookAgain)) {
            client.describeEventBus(request -> request.name(name));
            lookAgain = now.plus(LOOK_INTERVAL);
        }
    }

    /// A call that is refused as a whole for what one event has is made again with half of them
    /// each.
    private List<BusResult> putAll(List<BusEvent> events) {
        try {
            List<PutEventsRequestEntry> entries = events.stream().map(this::entry).toList();
            return client.putEvents(request -> request.entries(entries)).entries().stream()
                    .map(this::result)
                    .toList();
        } catch (EventBridgeException e) {
            String code = AwsFailures.code(e);
            if (!code.equals(INVALID)) {
                throw e;
            }
            if (events.size() == 1) {
                return List.of(new BusResult.Refused(code));
            }
            int half = events.size() / 2;
            List<BusResult> results = new ArrayList<>(putAll(events.subList(0, half)));
            results.addAll(putAll(events.subList(half, events.size())));
            return results;
        }
    }

    private PutEventsRequestEntry entry(BusEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(name)
                .source(event.source())
                .detailType(event.type())
                .time(event.time())
                .detail(event.detail())
                .build();
    }

    private BusResult result(PutEventsResultEntry entry) {
        String code = entry.errorCode();
        if (code == null) {
            return new BusResult.Taken();
        }
        if (SETUP.contains(code)) {
            throw new SetupFailure("bus " + name + ": " + code);
        }
        return WRONG.contains(code) ? new BusResult.Refused(code) : new BusResult.Failed(code);
    }
}
